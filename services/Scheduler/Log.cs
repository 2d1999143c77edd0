using Microsoft.Extensions.Logging;

namespace Benchmark.Scheduler;

/// <summary>Everything this service logs.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information,
        "Run {RunId} started for schedule {Schedule}, slot {Slot:O}: {Models} models, registry {RegistrySha256}")]
    public static partial void RunStarted(
        this ILogger logger, Guid runId, string schedule, DateTimeOffset slot, int models, string registrySha256);

    [LoggerMessage(LogLevel.Information, "Nothing is due; next is schedule {Schedule} at {Slot:O}")]
    public static partial void NothingDue(this ILogger logger, string schedule, DateTimeOffset slot);

    [LoggerMessage(LogLevel.Information, "Nothing is due, and nothing will be: the registry lists no model")]
    public static partial void NothingEverDue(this ILogger logger);

    [LoggerMessage(LogLevel.Error,
        "No run started: the registry is invalid. Correct the problems that the line of the registry lists")]
    public static partial void NoRegistry(this ILogger logger);

    [LoggerMessage(LogLevel.Error,
        "No run started: the list of emitted slots cannot be read or written. Check that the volume is mounted and "
        + "writable")]
    public static partial void NoMemory(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "slots.json says that schedule {Schedule} has emitted its slot of {Slot:O}, which "
        + "is yet to come: a clock was wrong. It does not count")]
    public static partial void SlotYetToCome(this ILogger logger, string schedule, DateTimeOffset slot);

    [LoggerMessage(LogLevel.Error,
        "Schedule {Schedule}, slot {Slot:O}: the bus did not accept the whole run within {Timeout}. "
        + "Check that the broker is up, that no memory or disk alarm is on, and that the user of RABBITMQ_URI may "
        + "write to "
        + "the exchanges of Benchmark.Contracts; the slot stays due")]
    public static partial void BusTooSlow(this ILogger logger, string schedule, DateTimeOffset slot, TimeSpan timeout);

    [LoggerMessage(
        LogLevel.Error, "Schedule {Schedule}, slot {Slot:O}: no run started, and the slot stays due. {Problem}")]
    public static partial void BrokerUnfit(this ILogger logger, string schedule, DateTimeOffset slot, string problem);

    [LoggerMessage(LogLevel.Error,
        "Schedule {Schedule}, slot {Slot:O}: the run could not be started or recorded. "
        + "Check the broker, and that the volume is writable; the slot stays due")]
    public static partial void NotStarted(
        this ILogger logger, string schedule, DateTimeOffset slot, Exception exception);

    [LoggerMessage(LogLevel.Warning,
        "Schedule {Schedule}, slot {Slot:O}: waits until its last run {Open} has closed")]
    public static partial void WaitsForRun(this ILogger logger, string schedule, DateTimeOffset slot, Guid open);

    [LoggerMessage(LogLevel.Information, "Schedule {Schedule}, slot {Slot:O}: {Count} suspended: {Models}")]
    public static partial void Suspended(
        this ILogger logger, string schedule, DateTimeOffset slot, int count, string models);

    [LoggerMessage(LogLevel.Error,
        "Schedule {Schedule}, slot {Slot:O}: {Count} left out until the next slot, because this one starts {Late} "
        + "late, after the starting_deadline: {Models}. Refresh them now with: benchmark refresh MODEL")]
    public static partial void TooLate(
        this ILogger logger, string schedule, DateTimeOffset slot, int count, TimeSpan late, string models);

    [LoggerMessage(LogLevel.Error, "No run started. {Problem}")]
    public static partial void NoInstallation(this ILogger logger, string problem);

    [LoggerMessage(LogLevel.Warning,
        "Schedule {Schedule}, slot {Slot:O}: not started again, because its run {RunId} has closed: see benchmark runs "
        + "{RunId}. If the volume was restored from a backup since, what that run published is gone: refresh the "
        + "models now, with benchmark refresh --all --reason TEXT")]
    public static partial void ClosedAlready(
        this ILogger logger, string schedule, DateTimeOffset slot, Guid runId);
}
