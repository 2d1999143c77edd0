namespace Benchmark.Contracts;

/// <summary>A run has closed: every expected model has an outcome.</summary>
public sealed record RunClosed
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary><c>completed</c>, or <c>incomplete</c> when models are missing.</summary>
    public required string State { get; init; }

    /// <summary>When it closed, UTC.</summary>
    public required DateTimeOffset ClosedAt { get; init; }
}
