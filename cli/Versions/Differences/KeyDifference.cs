namespace Benchmark.Cli.Versions.Differences;

/// <summary>Which rows came, went and changed, by the key of the model.</summary>
internal sealed record KeyDifference
{
    /// <summary>The columns of the key.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>Keys that only the second has.</summary>
    public required long Came { get; init; }

    /// <summary>Keys that only the first has.</summary>
    public required long Went { get; init; }

    /// <summary>Keys of both whose rows differ in a column that both have.</summary>
    public required long Changed { get; init; }

    /// <summary>Keys of both whose rows do not.</summary>
    public required long Same { get; init; }

    /// <summary>Rows of either without a key, which are not among them.</summary>
    public required long WithoutKey { get; init; }

    /// <summary>A few of those that came, went and changed.</summary>
    public required IReadOnlyList<KeySample> Samples { get; init; }
}

/// <summary>A key that came, went or changed.</summary>
/// <param name="Kind"><c>came</c>, <c>went</c> or <c>changed</c>.</param>
/// <param name="Key">The values of the key's columns.</param>
/// <param name="Columns">The columns that changed; empty unless it is <c>changed</c>.</param>
/// <param name="Values">Their values before and after; null unless they are asked for.</param>
internal sealed record KeySample(
    string Kind, IReadOnlyList<string> Key, IReadOnlyList<string> Columns, IReadOnlyList<ValueChange>? Values);

/// <summary>A value before and after; null where there is none.</summary>
internal sealed record ValueChange(string Column, string? First, string? Second);
