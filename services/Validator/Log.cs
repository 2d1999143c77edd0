using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Validator;

internal static partial class Log
{
    public static void Accepted(ILogger logger, ModelStaged staged, ValidationReport report) => Accepted(
        logger,
        staged.ValueStream,
        staged.Model,
        staged.RunId,
        staged.Attempt,
        report.Checks.Count,
        report.Checks.Count(c => c.Status == CheckStatus.Warn));

    public static void Rejected(ILogger logger, ModelStaged staged, ModelRejected rejected) => Rejected(
        logger,
        staged.ValueStream,
        staged.Model,
        staged.RunId,
        staged.Attempt,
        rejected.Rows,
        string.Join(' ', rejected.Reasons));

    [LoggerMessage(Level = LogLevel.Information,
        Message = "{ValueStream}/{Model} of run {RunId} was settled with version {Version} before this message came"
            + " again: nothing to do")]
    public static partial void SettledBefore(
        ILogger logger, string valueStream, string model, Guid runId, int version);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Accepted {ValueStream}/{Model} of run {RunId}, attempt {Attempt}: {Checks} checks,"
            + " {Warnings} warnings")]
    private static partial void Accepted(
        ILogger logger, string valueStream, string model, Guid runId, int attempt, int checks, int warnings);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Rejected {ValueStream}/{Model} of run {RunId}, attempt {Attempt}, {Rows} rows: {Reasons}")]
    private static partial void Rejected(
        ILogger logger, string valueStream, string model, Guid runId, int attempt, long rows, string reasons);
}
