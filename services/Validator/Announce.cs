using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator;

/// <summary>Verdicts as the messages that tell them.</summary>
internal static class Announce
{
    public static ModelValidated Validated(ModelStaged staged, ValidationReport report) => new()
    {
        RunId = staged.RunId,
        ValueStream = staged.ValueStream,
        Model = staged.Model,
        Attempt = staged.Attempt,
        Warnings = report.Checks.Count(c => c.Status == CheckStatus.Warn),
    };

    public static ModelRejected Rejected(ModelStaged staged, Verdict.Rejected rejected) => new()
    {
        RunId = staged.RunId,
        ValueStream = staged.ValueStream,
        Model = staged.Model,
        Reasons = [.. rejected.Report.Checks.Where(c => c.Status == CheckStatus.Fail).Select(c => c.Message)],
        Rows = rejected.Rows,
        Bytes = rejected.Bytes,
        WorstDrift = rejected.Report.Drift?.Worst,
    };
}
