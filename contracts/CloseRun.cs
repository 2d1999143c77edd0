namespace Benchmark.Contracts;

/// <summary>Closes a run now: models without an outcome become <c>missing</c>.</summary>
public sealed record CloseRun
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Why, as text for people: its deadline passed, or an operator cancelled it.</summary>
    public required string Reason { get; init; }
}
