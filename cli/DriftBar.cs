using System.Globalization;

namespace Benchmark.Cli;

/// <summary>PSI as bars of one scale, with the usual limits marked on it.</summary>
internal sealed class DriftBar
{
    private const int Width = 20;

    // The registry's defaults: where a column begins to be shifted, and to have moved.
    private static readonly double[] s_limits = [0.10, 0.25];

    private readonly double _end;

    /// <param name="greatest">The greatest PSI of all the bars.</param>
    public DriftBar(double greatest)
    {
        // 0.5 at least, so that quiet columns do not look alarming; beyond, the next of 1, 2, 5, 10, 20, …
        double[] steps = [0.5, 1, 2, 5, 10, 20, 50, 100];
        _end = steps.FirstOrDefault(step => step >= greatest, steps[^1]);
    }

    /// <summary>What the bars mean: <c>0–0.5, ┆ 0.1 and 0.25</c>.</summary>
    public string Scale => string.Create(
        CultureInfo.InvariantCulture, $"0–{_end}, ┆ {s_limits[0]} and {s_limits[1]}");

    /// <summary>A bar, and the limits that it does not reach.</summary>
    public string Of(double psi)
    {
        var filled = (int)Math.Clamp(Math.Round(psi / _end * Width), 0, Width);
        var rest = Enumerable.Range(filled, Width - filled)
            .Select(cell => s_limits.Any(limit => limit > psi && Cell(limit) == cell) ? '┆' : ' ');
        return $"{new string('█', filled)}{new string([.. rest])}";
    }

    private int Cell(double value) => (int)(value / _end * Width);
}
