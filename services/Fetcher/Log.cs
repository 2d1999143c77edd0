using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information,
        "Staged {value_stream}/{model} of run {run_id}: attempt {attempt}, {rows} rows, {bytes} bytes in {elapsed} s")]
    public static partial void Staged(
        this ILogger logger, Guid run_id, string value_stream, string model, int attempt, long rows, long bytes, double elapsed);

    [LoggerMessage(2, LogLevel.Information,
        "Announced {value_stream}/{model} of run {run_id} again: attempt {attempt} was complete, {rows} rows, {bytes} bytes")]
    public static partial void StagedEarlier(
        this ILogger logger, Guid run_id, string value_stream, string model, int attempt, long rows, long bytes);

    [LoggerMessage(3, LogLevel.Error,
        "Could not fetch {value_stream}/{model} of run {run_id} after {elapsed} s and will not try again: {reason} {hint}")]
    public static partial void Refused(
        this ILogger logger, Guid run_id, string value_stream, string model, double elapsed, string reason, string hint);

    [LoggerMessage(4, LogLevel.Information,
        "Opened run {run_id} for {value_stream}/{model}, asked for by message")]
    public static partial void RunOfOne(this ILogger logger, Guid run_id, string value_stream, string model);

    [LoggerMessage(5, LogLevel.Warning, "Could not remove the left-over {directory}; a later sweep will try again")]
    public static partial void LeftoverKept(this ILogger logger, string directory, Exception exception);
}
