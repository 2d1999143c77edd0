using Benchmark.Data.Profiling;

namespace Benchmark.Data.Stability;

/// <summary>Rows of some data in the frozen bins of a benchmark. Every row is counted once.</summary>
internal sealed record BinTally
{
    /// <summary>Rows in each frozen bin.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Rows of each special code of the benchmark, in its order; empty when it has none.</summary>
    public IReadOnlyList<long> Special { get; init; } = [];

    /// <summary>Rows of values without a bin of their own, if the benchmark has a bin <c>other</c>; else 0.</summary>
    public long Other { get; init; }

    /// <summary>
    /// Rows of values that do not occur in the benchmark; if it has a bin <c>other</c>, only those of a value that is
    /// too frequent to have been in it.
    /// </summary>
    public long Unseen { get; init; }

    /// <summary>
    /// Rows of each value that does not occur in the benchmark; null where they are not known one by one.
    /// </summary>
    public IReadOnlyList<long>? UnseenValues { get; init; }

    /// <summary>Rows without a value: NULL, NaN, or not of the column's type.</summary>
    public required long Missing { get; init; }

    /// <summary>Rows below the benchmark's least or above its greatest value; they are counted in a bin, too.</summary>
    public long OutOfRange { get; init; }

    /// <summary>All rows.</summary>
    public long Rows => Counts.Sum() + Special.Sum() + Other + Unseen + Missing;

    /// <summary>The benchmark's bins beside this data's, named for people.</summary>
    public IReadOnlyList<BinCount> Beside(FrozenBins benchmark, ColumnType type)
    {
        List<(long Expected, long Actual)> rows =
        [
            .. benchmark.Counts.Zip(Counts),
            .. (benchmark.Special ?? []).Select(code => code.Count).Zip(Special),
        ];
        List<string> names = [.. benchmark.Names(type)];
        if (benchmark.Other is { } other)
            rows.Add((other, Other));
        if (benchmark.Other is not null && Unseen > 0)
            names.Insert(names.Count - 1, BinNames.Unseen);
        if (benchmark.Edges is null && (benchmark.Other is null || Unseen > 0))
            rows.Add((0, Unseen));
        rows.Add((benchmark.Missing, Missing));
        return [.. names.Zip(rows, (name, bin) => new BinCount(name, bin.Expected, bin.Actual))];
    }
}
