using Microsoft.Extensions.Logging;

namespace Benchmark.Contracts.Registry;

/// <summary>Everything that is logged of the registry.</summary>
internal static partial class Log
{
    [LoggerMessage(
        LogLevel.Information, "Registry {RegistrySha256} read from {Path}: {Models} models, sources {Sources}")]
    public static partial void RegistryRead(
        this ILogger logger, string registrySha256, string path, int models, string sources);

    [LoggerMessage(LogLevel.Information,
        "Registry changed from {OldRegistrySha256} to {RegistrySha256}: added {Added}; removed {Removed}; changed "
        + "{Changed}; sources changed {Sources}")]
    public static partial void RegistryChanged(
        this ILogger logger, string oldRegistrySha256, string registrySha256, string added, string removed,
        string changed, string sources);

    [LoggerMessage(LogLevel.Error,
        "Registry {Path} is invalid; the last valid one, {RegistrySha256}, stays in use. {Count} "
        + "problems:\n{Problems}")]
    public static partial void RegistryRefused(
        this ILogger logger, string path, string registrySha256, int count, string problems);

    [LoggerMessage(
        LogLevel.Error, "Registry {Path} is invalid, and no valid one was read before. {Count} problems:\n{Problems}")]
    public static partial void RegistryUnusable(this ILogger logger, string path, int count, string problems);

    [LoggerMessage(
        LogLevel.Information, "Registry {Path} is valid again and the same as the one in use, {RegistrySha256}")]
    public static partial void RegistryValidAgain(this ILogger logger, string path, string registrySha256);

    [LoggerMessage(
        LogLevel.Information, "Watching {Directory} for changes to the registry; also read every {PollInterval}")]
    public static partial void Watching(this ILogger logger, string directory, TimeSpan pollInterval);

    [LoggerMessage(LogLevel.Warning,
        "Cannot watch {Directory} for changes ({Reason}); the registry is still read at every poll interval")]
    public static partial void WatchFailed(this ILogger logger, string directory, string reason);

    [LoggerMessage(LogLevel.Information, "Registry {RegistrySha256} pinned as {Path}")]
    public static partial void RegistryPinned(this ILogger logger, string registrySha256, string path);

    [LoggerMessage(LogLevel.Warning,
        "Pinned registry {PinnedSha256} is not on the volume ({Reason}); using the current one, {RegistrySha256}")]
    public static partial void PinMissing(
        this ILogger logger, string pinnedSha256, string reason, string registrySha256);
}
