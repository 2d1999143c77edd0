using Microsoft.Extensions.Logging;

namespace Benchmark.Validator;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information,
        Message = "Accepted {ValueStream}/{Model} of run {RunId}, attempt {Attempt}: {Checks} checks, {Warnings} warnings")]
    public static partial void Accepted(
        ILogger logger, string valueStream, string model, Guid runId, int attempt, int checks, int warnings);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Rejected {ValueStream}/{Model} of run {RunId}, attempt {Attempt}, {Rows} rows: {Reasons}")]
    public static partial void Rejected(
        ILogger logger, string valueStream, string model, Guid runId, int attempt, long rows, IReadOnlyList<string> reasons);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "{ValueStream}/{Model} of run {RunId} was published as version {Version} before this message came again: nothing to do")]
    public static partial void PublishedBefore(ILogger logger, string valueStream, string model, Guid runId, int version);
}
