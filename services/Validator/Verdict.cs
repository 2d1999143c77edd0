using Benchmark.Contracts.Volume;

namespace Benchmark.Validator;

/// <summary>How the examination of staged data ended.</summary>
internal abstract record Verdict
{
    /// <summary>It may be published; profile and report lie beside it.</summary>
    public sealed record Accepted(ValidationReport Report) : Verdict;

    /// <summary>It may not; it lies in the rejected area.</summary>
    public sealed record Rejected(ValidationReport Report, long Rows, long Bytes) : Verdict;

    /// <summary>
    /// The Publisher was done with it: the message came a second time, and there is nothing left to say. It became
    /// this version, was the same as it, or was overtaken by it.
    /// </summary>
    public sealed record SettledBefore(int Version) : Verdict;
}
