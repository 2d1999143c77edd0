using System.Text.Json.Serialization;
using Benchmark.Data.Stability;

namespace Benchmark.Data.Profiling;

/// <summary>
/// What a version's data looks like, as <c>profile.json</c>: enough to compute PSI against it without opening the data.
/// </summary>
public sealed record Profile
{
    /// <summary>Always <c>benchmark-profile/1</c>; docs/psi.md says how its bins are counted.</summary>
    public string Format { get; init; } = "benchmark-profile/1";

    /// <summary>Rows without the header.</summary>
    public required long Rows { get; init; }

    /// <summary>Columns in file order.</summary>
    public required IReadOnlyList<ColumnProfile> Columns { get; init; }
}

/// <summary>What one column looks like.</summary>
public sealed record ColumnProfile
{
    /// <summary>Name as in the header.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>Rows with a value, NaN and special codes included.</summary>
    public required long Count { get; init; }

    /// <summary>Rows without a value.</summary>
    public required long Nulls { get; init; }

    /// <summary>Values that are NaN; counted as missing in the bins.</summary>
    public long Nans { get; init; }

    /// <summary>
    /// Distinct values, without special codes; an estimate unless <see cref="DistinctExact"/>.
    /// </summary>
    public required long Distinct { get; init; }

    /// <summary>Whether <see cref="Distinct"/> was counted rather than estimated.</summary>
    public bool DistinctExact { get; init; } = true;

    /// <summary>
    /// By how large a share of all values the rank of a quantile may be off, and by twice that the count of a bin: the
    /// column had more values than memory holds. None when they are exact.
    /// </summary>
    public double? RankError { get; init; }

    /// <summary>Least value as the file spells it; numbers and times only.</summary>
    public string? Min { get; init; }

    /// <summary>Greatest value as the file spells it; numbers and times only.</summary>
    public string? Max { get; init; }

    /// <summary>Mean of the finite values; numbers only.</summary>
    public double? Mean { get; init; }

    /// <summary>
    /// Sample standard deviation (n − 1) of the finite values, infinite beyond the largest double; numbers only.
    /// </summary>
    public double? Stddev { get; init; }

    /// <summary>
    /// Quantiles of the finite values, type 7, by probability: <c>0.01</c> to <c>0.99</c>; of dates in days, of
    /// timestamps in seconds since 1970-01-01 UTC, of times in seconds since midnight.
    /// </summary>
    public IReadOnlyDictionary<string, double>? Quantiles { get; init; }

    /// <summary>
    /// The most frequent values, most frequent first, at most ten; equally frequent texts in the order of their bytes,
    /// numbers and times ascending. Empty for bytes.
    /// </summary>
    public IReadOnlyList<ValueCount> Top { get; init; } = [];

    /// <summary>The frozen bins; none for a column that is not compared (bytes).</summary>
    public FrozenBins? Bins { get; init; }
}

/// <summary>A value and how many rows hold it.</summary>
public sealed record ValueCount
{
    /// <summary>The value as the file spells it.</summary>
    public required string Value { get; init; }

    /// <summary>Rows that hold it.</summary>
    public required long Count { get; init; }
}

/// <summary>
/// Bins taken from this data alone and kept, so that later data is measured against the same yardstick.
/// Dates and timestamps are binned on the instant: days, or seconds, since 1970-01-01 UTC.
/// </summary>
public sealed record FrozenBins
{
    /// <summary>How the bins were made.</summary>
    public required BinKind Kind { get; init; }

    /// <summary>
    /// For <c>quantile</c> and <c>edges</c>: the inner edges, ascending. Bin i is (edge i−1, edge i]; outer edges are
    /// infinite. An edge that stands twice encloses a bin of that value alone: of 0, 0, 4 the bins are (−∞, 0), 0,
    /// (0, 4] and (4, ∞).
    /// </summary>
    public IReadOnlyList<double>? Edges { get; init; }

    /// <summary>On which side the bins between <see cref="Edges"/> are closed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ClosedSide Closed { get; init; }

    /// <summary>
    /// For <c>discrete</c> and <c>categorical</c>: the value of each bin, as the file spells it, or the name of the
    /// group that shares it.
    /// </summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The texts of each bin where texts are grouped; none where each bin is one text.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Groups { get; init; }

    /// <summary>Rows in each bin.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Codes that are no values, each with a bin of its own; none without such codes.</summary>
    public IReadOnlyList<ValueCount>? Special { get; init; }

    /// <summary>
    /// Rows in the bin <c>other</c>, of texts too rare for a bin of their own, or in no group; none when every text has
    /// a bin.
    /// </summary>
    public long? Other { get; init; }

    /// <summary>Rows in the bin <c>missing</c>: NULL, NaN, and values that are not of the column's type.</summary>
    public required long Missing { get; init; }

    /// <summary>
    /// The name of a bin as reports show it, where a scorecard writes <c>inf</c> for the sign and <c>(a,b]</c> without
    /// a blank.
    /// </summary>
    public static string NormalName(string bin) => BinNames.Normal(bin);

    /// <summary>
    /// The names of all bins, as reports show them: those of <see cref="Counts"/>, then the special codes, <c>other</c>
    /// or <c>unseen</c>, and <c>missing</c>.
    /// </summary>
    /// <param name="type">The column's type.</param>
    public IReadOnlyList<string> Names(ColumnType type) => [.. BinNames.Of(this, type)];
}

/// <summary>How a column was divided into bins.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BinKind>))]
public enum BinKind
{
    /// <summary>At the quantiles of the benchmark.</summary>
    [JsonStringEnumMemberName("quantile")]
    Quantile,

    /// <summary>Between edges that people chose.</summary>
    [JsonStringEnumMemberName("edges")]
    Edges,

    /// <summary>Each number a bin.</summary>
    [JsonStringEnumMemberName("discrete")]
    Discrete,

    /// <summary>Each text a bin.</summary>
    [JsonStringEnumMemberName("categorical")]
    Categorical,
}
