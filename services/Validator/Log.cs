using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Validator;

/// <summary>Everything this service logs.</summary>
internal static partial class Log
{
    public static void Accepted(
        this ILogger logger, ModelStaged staged, ValidationReport report, TimeSpan elapsed) => logger.Accepted(
            staged.ValueStream,
            staged.Model,
            staged.RunId,
            staged.Attempt,
            staged.Rows,
            staged.Bytes,
            report.Checks.Count,
            report.Checks.Count(c => c.Status == CheckStatus.Warn),
            elapsed.InMilliseconds());

    public static void Rejected(
        this ILogger logger, ModelStaged staged, ModelRejected rejected, TimeSpan elapsed) => logger.Rejected(
            staged.ValueStream,
            staged.Model,
            staged.RunId,
            staged.Attempt,
            rejected.Refresh.Rows,
            rejected.Refresh.Bytes,
            elapsed.InMilliseconds(),
            rejected.Refresh.Reason?.Replace('\n', ' '));

    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model} of run {RunId} is settled already, with version "
        + "{Version}: nothing to do")]
    public static partial void AlreadySettled(
        this ILogger logger, string valueStream, string model, Guid runId, int version);

    [LoggerMessage(LogLevel.Information, "Accepted {ValueStream}/{Model} of run {RunId}: attempt {Attempt}, "
        + "{Rows} rows, {Bytes} bytes, {Checks} checks, {Warnings} warnings in {ElapsedMs} ms")]
    private static partial void Accepted(this ILogger logger, string valueStream, string model, Guid runId, int attempt,
        long rows, long bytes, int checks, int warnings, double elapsedMs);

    [LoggerMessage(LogLevel.Warning, "Rejected {ValueStream}/{Model} of run {RunId}: attempt {Attempt}, {Rows} rows, "
        + "{Bytes} bytes in {ElapsedMs} ms: {Reasons}")]
    private static partial void Rejected(this ILogger logger, string valueStream, string model, Guid runId, int attempt,
        long? rows, long? bytes, double elapsedMs, string? reasons);
}
