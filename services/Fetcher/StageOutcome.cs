using Benchmark.Contracts;

namespace Benchmark.Fetcher;

/// <summary>How a fetch ended, exceptions apart, as the message that says so.</summary>
internal abstract record StageOutcome
{
    /// <summary>The data is complete in its staging directory.</summary>
    public sealed record Staged(ModelStaged Message) : StageOutcome;

    /// <summary>It cannot be had, and asking again would not help.</summary>
    public sealed record Refused(ModelFetchFailed Message) : StageOutcome;
}
