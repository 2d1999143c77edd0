using Microsoft.Extensions.Logging;

namespace Benchmark.Scheduler;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information,
        "Run {run_id} started for schedule {schedule}, slot {slot}: {models} models, registry {registry_sha256}")]
    public static partial void RunStarted(
        ILogger logger, Guid run_id, string schedule, DateTimeOffset slot, int models, string registry_sha256);

    [LoggerMessage(LogLevel.Error, "No run started: the registry has problems. Mend it; it is read again by itself.")]
    public static partial void NoRegistry(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error,
        "No run started: the bus did not accept it within {timeout}. Check that the broker is up and RABBITMQ_URI is right; the slot stays due.")]
    public static partial void BusTooSlow(ILogger logger, TimeSpan timeout);

    [LoggerMessage(LogLevel.Error, "No run started; the slot stays due.")]
    public static partial void NotStarted(ILogger logger, Exception exception);
}
