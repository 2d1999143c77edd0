using Benchmark.Contracts;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model} {Outcome}: version {Version}, {Rows} rows, {Bytes} bytes, "
        + "in {Elapsed} ms (run {RunId})")]
    public static partial void Swapped(this ILogger logger, Guid runId, string valueStream, string model, int version,
        Outcome outcome, long rows, long bytes, double elapsed);

    [LoggerMessage(LogLevel.Error, "{ValueStream}/{Model} not published: {Reason} {Hint} In {Elapsed} ms (run {RunId})")]
    public static partial void Refused(this ILogger logger, Guid runId, string valueStream, string model, string reason,
        string hint, double elapsed);

    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model}: another publisher took the next version, looking again "
        + "(run {RunId})")]
    public static partial void ClaimLost(this ILogger logger, Guid runId, string valueStream, string model);

    [LoggerMessage(LogLevel.Warning, "{Path} was no version of ours; version {Version} takes its place, and it is kept "
        + "as {Kept}")]
    public static partial void ForeignFileKept(this ILogger logger, string path, string kept, int version);

    [LoggerMessage(LogLevel.Warning, "{Path} cannot be read, and its facts are taken from the version: {Problem}")]
    public static partial void FactsUnreadable(this ILogger logger, string path, string problem);

    [LoggerMessage(LogLevel.Information, "{Version} removed: the model keeps {Keep} versions")]
    public static partial void VersionRemoved(this ILogger logger, string version, int keep);

    [LoggerMessage(LogLevel.Information, "{Path} removed: left over from a publication that was killed")]
    public static partial void LeftOverRemoved(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "{Path} was not tidied, the next publication tries again: {Problem}")]
    public static partial void NotTidied(this ILogger logger, string path, string problem);
}
