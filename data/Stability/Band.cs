using System.Text.Json.Serialization;

namespace Benchmark.Data.Stability;

/// <summary>The verdict on a PSI.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Band>))]
public enum Band
{
    /// <summary>Below the limit that warns.</summary>
    [JsonStringEnumMemberName("stable")]
    Stable,

    /// <summary>At or above the limit that warns.</summary>
    [JsonStringEnumMemberName("shifted")]
    Shifted,

    /// <summary>At or above the limit that fails.</summary>
    [JsonStringEnumMemberName("moved")]
    Moved,

    /// <summary>Chance alone explains the PSI, or would hide a change on so few rows.</summary>
    [JsonStringEnumMemberName("insufficient sample")]
    InsufficientSample,

    /// <summary>The bins cannot show a change: nearly every row is in one of them.</summary>
    [JsonStringEnumMemberName("not comparable")]
    NotComparable,
}

/// <summary>The order of verdicts, the same wherever drift is listed.</summary>
public static class BandOrder
{
    /// <summary>
    /// Moved, shifted, insufficient sample, not comparable, stable; among equal verdicts the greatest PSI first.
    /// </summary>
    public static IEnumerable<T> WorstFirst<T>(this IEnumerable<T> items, Func<T, (Band Band, double Psi)> verdict) =>
        items.OrderByDescending(item => Severity(verdict(item).Band)).ThenByDescending(item => verdict(item).Psi);

    private static int Severity(Band band) => band switch
    {
        Band.Moved => 4,
        Band.Shifted => 3,
        Band.InsufficientSample => 2,
        Band.NotComparable => 1,
        _ => 0,
    };
}
