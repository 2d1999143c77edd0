using Microsoft.Extensions.Logging;

namespace Benchmark.Hosting;

/// <summary>Everything that is logged of the process itself.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Ready")]
    public static partial void Ready(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "Not ready: {Reasons}")]
    public static partial void NotReady(this ILogger logger, string reasons);

    [LoggerMessage(LogLevel.Critical,
        "The broker accepts the connection of this process, but has not served it for {RestartAfter}: it ends, to be "
        + "restarted. "
        + "If that happens again, check that its user may declare, read and write its queue, and that the queue has "
        + "a leader")]
    public static partial void NotServed(this ILogger logger, TimeSpan restartAfter);

    [LoggerMessage(LogLevel.Error, "The broker does not serve this process: {Problem}")]
    public static partial void BrokerAway(this ILogger logger, string problem);

    [LoggerMessage(LogLevel.Error, "No messages are taken from {Queue}; they wait there. {Problem}")]
    public static partial void Held(this ILogger logger, string queue, string problem);

    [LoggerMessage(LogLevel.Information, "Messages of {Queue} are taken again")]
    public static partial void TakenAgain(this ILogger logger, string queue);

    [LoggerMessage(LogLevel.Information, "The broker serves this process again, after {Duration}")]
    public static partial void BrokerBack(this ILogger logger, TimeSpan duration);
}
