using System.Globalization;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Init;

/// <summary>
/// Round numbers around what a column of numbers holds, as limits that next month's data may still keep.
/// </summary>
/// <param name="Min">Zero where nothing is below it; else 1, 2 or 5 times a power of ten.</param>
/// <param name="Max">The same above.</param>
internal sealed record RoundLimits(string Min, string Max)
{
    // Beyond, a number is rather a code or a measurement of another kind, of which nobody knows the limits.
    private const decimal Largest = 1e15m;
    private const decimal Smallest = 1e-6m;

    private static readonly decimal[] s_steps = [1, 2, 5, 10];

    /// <summary>
    /// The limits of a column; null where it has no finite number, or one too large or small to round.
    /// </summary>
    public static RoundLimits? Around(ColumnProfile column) =>
        Read(column.Min) is { } least && Read(column.Max) is { } greatest
            ? new RoundLimits(Text(least >= 0 ? 0 : -Above(-least)), Text(greatest <= 0 ? 0 : Above(greatest)))
            : null;

    private static decimal? Read(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) < Largest && (number == 0 || Math.Abs(number) > Smallest) ? number : null;

    private static decimal Above(decimal number)
    {
        var power = 1m;
        while (number > power * 10)
            power *= 10;
        while (number <= power / 10)
            power /= 10;
        return s_steps.Select(step => step * power).First(round => round >= number);
    }

    private static string Text(decimal number) => number.ToString("0.#########", CultureInfo.InvariantCulture);
}
