using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>Everything this service logs.</summary>
internal static partial class Log
{
    public static void Swapped(
        this ILogger logger, ModelValidated message, RefreshOutcome served, TimeSpan elapsed) =>
        logger.Swapped(
            message.ValueStream, message.Model, served.Outcome?.Word(), message.RunId, served.Version, served.Rows,
            served.Bytes, elapsed.InMilliseconds());

    public static void Refused(
        this ILogger logger, ModelValidated message, RefusedException refusal, TimeSpan elapsed) => logger.Refused(
            message.ValueStream, message.Model, message.RunId, elapsed.InMilliseconds(), refusal.Message, refusal.Hint);

    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model} of run {RunId}: another publisher took the next "
        + "version, looking again")]
    public static partial void ClaimLost(this ILogger logger, string valueStream, string model, Guid runId);

    [LoggerMessage(LogLevel.Warning, "{Path} was no version of ours; version {Version} takes its place, and it is kept "
        + "as {Kept}")]
    public static partial void ForeignFileKept(this ILogger logger, string path, string kept, int version);

    [LoggerMessage(LogLevel.Warning, "{Path} cannot be read, and its facts are taken from the version: {Problem}")]
    public static partial void FactsUnreadable(this ILogger logger, string path, string problem);

    [LoggerMessage(LogLevel.Information, "{Path} removed: the model keeps {Keep} versions")]
    public static partial void VersionRemoved(this ILogger logger, string path, int keep);

    [LoggerMessage(LogLevel.Information, "{Path} removed: left over from a publication that was killed")]
    public static partial void LeftOverRemoved(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "{Path} was not tidied, the next publication tries again: {Problem}")]
    public static partial void NotTidied(this ILogger logger, string path, string problem);

    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model} of run {RunId} {Outcome}: version {Version}, "
        + "{Rows} rows, {Bytes} bytes in {ElapsedMs} ms")]
    private static partial void Swapped(this ILogger logger, string valueStream, string model, string? outcome,
        Guid runId, int? version, long? rows, long? bytes, double elapsedMs);

    [LoggerMessage(LogLevel.Error, "Could not publish {ValueStream}/{Model} of run {RunId} after {ElapsedMs} ms "
        + "and will not try again: {Reason} {Hint}")]
    private static partial void Refused(this ILogger logger, string valueStream, string model, Guid runId,
        double elapsedMs, string reason, string hint);
}
