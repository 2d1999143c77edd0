namespace Benchmark.Data.Reading;

/// <summary>What breaks the dialect or a rule: how often, and where first.</summary>
public sealed record Finding
{
    /// <summary>How often it was found; 0 where nothing breaks the rule.</summary>
    public required long Count { get; init; }

    /// <summary>Up to five lines where it can be seen, the header being line 1.</summary>
    public required IReadOnlyList<long> Lines { get; init; }

    /// <summary>
    /// What is wrong, in words and without a value from the data; of a rule, why it cannot be applied, and null when it
    /// can.
    /// </summary>
    public string? Problem { get; init; }
}
