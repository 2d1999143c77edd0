using Benchmark.Contracts.Volume;

namespace Benchmark.Fetcher;

/// <summary>How a fetch ended, exceptions apart.</summary>
internal abstract record StageOutcome
{
    /// <summary>The data is complete in its staging directory.</summary>
    public sealed record Staged(StagedFacts Facts) : StageOutcome;

    /// <summary>It cannot be had, and asking again would not help.</summary>
    public sealed record Refused(string Reason, string Hint) : StageOutcome;
}
