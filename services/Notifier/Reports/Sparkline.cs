namespace Benchmark.Notifier.Reports;

/// <summary>A row of numbers as blocks of eight heights, which every mail program shows.</summary>
public static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    private const char Nothing = '·';

    /// <summary>Draws numbers from 0 to the greatest that counts; what is not known is a dot.</summary>
    /// <param name="values">The numbers, oldest first.</param>
    /// <param name="full">The number that fills the height, and everything above it.</param>
    public static string Of(IEnumerable<double?> values, double full) =>
        string.Concat(values.Select(value => value is { } known ? Block(known, full) : Nothing));

    private static char Block(double value, double full) =>
        Blocks[(int)Math.Clamp(Share(value, full) * Blocks.Length, 0, Blocks.Length - 1)];

    // Of a value that is not a number nothing is drawn but the lowest block; its number is beside it.
    private static double Share(double value, double full) =>
        double.IsNaN(value) || full <= 0 ? 0 : Math.Min(value / full, 1);
}
