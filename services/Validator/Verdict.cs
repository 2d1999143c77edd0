using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator;

/// <summary>The result of examining staged data.</summary>
internal abstract record Verdict
{
    /// <summary>It may be published; its profile and report are beside it.</summary>
    public sealed record Accepted(ValidationReport Report) : Verdict
    {
        /// <summary>Set when readers have it already; then there are neither.</summary>
        public UnchangedRows? Unchanged { get; init; }

        public ModelValidated Announce(ModelStaged staged) => new()
        {
            RunId = staged.RunId,
            ValueStream = staged.ValueStream,
            Model = staged.Model,
            Attempt = staged.Attempt,
            Warnings = Report.Checks.Count(c => c.Status == CheckStatus.Warn),
            Rows = staged.Rows,
            Bytes = staged.Bytes,
            Unchanged = Unchanged,
        };
    }

    /// <summary>It failed a check and is in the rejected area.</summary>
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
                Hint = Report.Hint,
                WorstDrift = Report.Drift?.Worst,
            },
        };
    }

    /// <summary>
    /// The message was redelivered after the Publisher had settled the refresh: it became this version, had the same
    /// data, or was superseded by it.
    /// </summary>
    public sealed record AlreadySettled(int Version) : Verdict;
}
