namespace Benchmark.Cli.Init;

/// <summary>Round numbers outside of what was seen, for limits that next month's data may still keep.</summary>
internal static class NiceNumber
{
    private static readonly decimal[] s_steps = [1, 2, 5, 10];

    /// <summary>Zero, where nothing is below it; else a round number at or below.</summary>
    public static decimal AtMost(decimal least) => least >= 0 ? 0 : -AtLeast(-least);

    /// <summary>The next of 1, 2, 5, 10, 20, 50 … (or 0.5, 0.2 …) at or above; zero where all is below it.</summary>
    public static decimal AtLeast(decimal greatest)
    {
        if (greatest <= 0)
            return 0;
        var power = 1m;
        while (greatest > power * 10)
            power *= 10;
        while (greatest <= power / 10)
            power /= 10;
        return s_steps.Select(step => step * power).First(number => number >= greatest) / 1.0000000000m;
    }
}
