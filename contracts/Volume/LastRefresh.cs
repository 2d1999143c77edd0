namespace Benchmark.Contracts.Volume;

/// <summary>How the last refresh of a model ended.</summary>
public sealed record LastRefresh
{
    /// <summary>How it ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The stage that it ended in.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The run that it was part of.</summary>
    public required Guid RunId { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>What went wrong, as text for people; several reasons are separated by line ends.</summary>
    public string? Reason { get; init; }
}
