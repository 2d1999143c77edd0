using Microsoft.Extensions.Logging;

namespace Benchmark.Scheduler;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information,
        "Run {RunId} started for schedule {Schedule}, slot {Slot}: {Models} models, registry {RegistrySha256}")]
    public static partial void RunStarted(
        ILogger logger, Guid runId, string schedule, DateTimeOffset slot, int models, string registrySha256);

    [LoggerMessage(LogLevel.Error, "No run started: the registry has problems. Mend it; it is read again by itself.")]
    public static partial void NoRegistry(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error,
        "No run started: the bus did not accept it within {Timeout}. Check that the broker is up and RABBITMQ_URI is right; the slot stays due.")]
    public static partial void BusTooSlow(ILogger logger, TimeSpan timeout);

    [LoggerMessage(LogLevel.Error, "No run started; the slot stays due.")]
    public static partial void NotStarted(ILogger logger, Exception exception);
}
