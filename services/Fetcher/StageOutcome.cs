using Benchmark.Contracts;

namespace Benchmark.Fetcher;

/// <summary>The result of a fetch, exceptions aside, with the message to publish.</summary>
internal abstract record StageOutcome
{
    /// <summary>The data is complete in its staging directory.</summary>
    public sealed record Staged(ModelStaged Message) : StageOutcome;

    /// <summary>The data is not available, and a retry would not help.</summary>
    public sealed record Refused(ModelFetchFailed Message) : StageOutcome;

    /// <summary>Nothing is to be said: its run was cancelled.</summary>
    public sealed record Dropped : StageOutcome;
}
