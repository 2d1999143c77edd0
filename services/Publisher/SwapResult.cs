using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>How one publication ended.</summary>
internal abstract record SwapResult
{
    /// <summary>Readers see the version, or a higher one that came after it.</summary>
    public sealed record Served(Outcome Outcome, Manifest Version, WorstDrift? WorstDrift) : SwapResult
    {
        public ModelPublished Announce(ModelValidated message) => new()
        {
            RunId = message.RunId,
            ValueStream = message.ValueStream,
            Model = message.Model,
            Outcome = Outcome,
            Version = Version.Version,
            Rows = Version.Rows,
            Bytes = Version.Bytes,
            Warnings = message.Warnings,
            WorstDrift = WorstDrift,
        };
    }

    /// <summary>It will never succeed; what was served keeps serving.</summary>
    public sealed record Refused(string Reason, string Hint) : SwapResult
    {
        public ModelPublishFailed Announce(ModelValidated message) => new()
        {
            RunId = message.RunId,
            ValueStream = message.ValueStream,
            Model = message.Model,
            Reason = Reason,
            Hint = Hint,
        };
    }
}
