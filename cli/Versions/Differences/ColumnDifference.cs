using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Stability;

namespace Benchmark.Cli.Versions.Differences;

/// <summary>A column of both, side by side.</summary>
internal sealed record ColumnDifference
{
    public required string Column { get; init; }

    /// <summary>Its statistics in the first.</summary>
    public required ColumnStatistics First { get; init; }

    /// <summary>Its statistics in the second.</summary>
    public required ColumnStatistics Second { get; init; }

    /// <summary><c>PSI</c> of a score, <c>CSI</c> of any other column.</summary>
    public required string Index { get; init; }

    /// <summary>PSI or CSI of the second in the bins of the first; null when it is not measured.</summary>
    public double? Psi { get; init; }

    public Band? Band { get; init; }

    public double? PValue { get; init; }

    public double? NoiseLimit { get; init; }

    /// <summary>Why it is not measured; null when it is.</summary>
    public string? NotMeasured { get; init; }

    /// <summary>Where it went: <c>up</c> or <c>down</c> of a number's mean, else the bin that changed most.</summary>
    public string? Direction { get; init; }

    public static ColumnDifference Of(
        ColumnProfile first, ColumnProfile second, string index, ColumnStability? stability, string? notMeasured) =>
        new()
        {
            Column = first.Name,
            First = ColumnStatistics.Of(first),
            Second = ColumnStatistics.Of(second),
            Index = index,
            Psi = stability?.Psi,
            Band = stability?.Band,
            PValue = stability?.PValue,
            NoiseLimit = stability?.NoiseLimit,
            NotMeasured = stability is null ? notMeasured ?? "one side has no rows, or no bins" : null,
            Direction = DirectionOf(first, second, stability),
        };

    private static string? DirectionOf(ColumnProfile first, ColumnProfile second, ColumnStability? stability)
    {
        if (first.Mean is { } before && second.Mean is { } after && double.IsFinite(before) && double.IsFinite(after))
            return before == after ? "even" : after > before ? "up" : "down";
        return stability?.Bins.MaxBy(bin => bin.Contribution) is { Contribution: > 0 } most
            ? string.Create(
                CultureInfo.InvariantCulture, $"{most.Bin} {100 * most.Difference:+0.0;-0.0;0.0} %")
            : null;
    }
}

/// <summary>What a column looks like, from its profile.</summary>
internal sealed record ColumnStatistics(
    ColumnType Type, long Nulls, long Distinct, string? Min, string? Max, double? Mean, double? Stddev)
{
    public static ColumnStatistics Of(ColumnProfile profile) => new(
        profile.Type, profile.Nulls, profile.Distinct, profile.Min, profile.Max, profile.Mean, profile.Stddev);
}
