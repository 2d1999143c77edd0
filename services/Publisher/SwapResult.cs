using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>How one publication ended.</summary>
internal abstract record SwapResult
{
    /// <summary>Readers see the version, or a higher one that came after it.</summary>
    public sealed record Served(Outcome Outcome, Manifest Version, WorstDrift? WorstDrift) : SwapResult;

    /// <summary>It will never succeed; what was served keeps serving.</summary>
    public sealed record Refused(string Reason, string Hint) : SwapResult;
}
