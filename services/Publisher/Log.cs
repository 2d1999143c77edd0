using Benchmark.Contracts;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{ValueStream}/{Model} {Outcome}: version {Version}, {Rows} rows, "
        + "{Bytes} bytes, in {Elapsed} ms (run {RunId})")]
    public static partial void Swapped(this ILogger logger, Guid runId, string valueStream, string model, int version,
        Outcome outcome, long rows, long bytes, double elapsed);

    [LoggerMessage(Level = LogLevel.Error, Message = "{ValueStream}/{Model} not published: {Reason} {Hint} In {Elapsed} ms (run {RunId})")]
    public static partial void Refused(this ILogger logger, Guid runId, string valueStream, string model, string reason,
        string hint, double elapsed);

    [LoggerMessage(Level = LogLevel.Information, Message = "{ValueStream}/{Model}: another publisher took the next version, "
        + "looking again (run {RunId})")]
    public static partial void ClaimLost(this ILogger logger, Guid runId, string valueStream, string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was no version of ours; version {Version} takes its place, and it is kept as {Kept}")]
    public static partial void ForeignFileKept(this ILogger logger, string path, string kept, int version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is replaced from the version's manifest, because it cannot be read: {Problem}")]
    public static partial void FactsUnreadable(this ILogger logger, string path, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Version} removed: the model keeps {Keep} versions")]
    public static partial void VersionRemoved(this ILogger logger, string version, int keep);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path} removed: left over from a publication that was killed")]
    public static partial void LeftOverRemoved(this ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was not tidied, the next publication tries again: {Problem}")]
    public static partial void NotTidied(this ILogger logger, string path, string problem);
}
