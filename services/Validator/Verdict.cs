using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator;

/// <summary>How the examination of staged data ended.</summary>
internal abstract record Verdict
{
    /// <summary>It may be published; profile and report lie beside it.</summary>
    public sealed record Accepted(ValidationReport Report) : Verdict
    {
        public ModelValidated Announce(ModelStaged staged) => new()
        {
            RunId = staged.RunId,
            ValueStream = staged.ValueStream,
            Model = staged.Model,
            Attempt = staged.Attempt,
            Warnings = Report.Checks.Count(c => c.Status == CheckStatus.Warn),
            Rows = staged.Rows,
            Bytes = staged.Bytes,
        };
    }

    /// <summary>It may not; it lies in the rejected area.</summary>
    public sealed record Rejected(ValidationReport Report, long Rows, long Bytes) : Verdict
    {
        public ModelRejected Announce(ModelStaged staged) => new()
        {
            RunId = staged.RunId,
            Refresh = new RefreshOutcome
            {
                ValueStream = staged.ValueStream,
                Model = staged.Model,
                Outcome = Outcome.Rejected,
                Stage = Stage.Validate,
                Rows = Rows,
                Bytes = Bytes,
                Reason = string.Join(
                    '\n', Report.Checks.Where(c => c.Status == CheckStatus.Fail).Select(c => c.Message)),
                WorstDrift = Report.Drift?.Worst,
            },
        };
    }

    /// <summary>
    /// The Publisher was done with it: the message came a second time, and there is nothing left to say. It became
    /// this version, was the same as it, or was overtaken by it.
    /// </summary>
    public sealed record SettledBefore(int Version) : Verdict;
}
