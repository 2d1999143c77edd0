using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
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

    public static void Requested(this ILogger logger, Manifest version, TimeSpan elapsed) => logger.Requested(
        version.ValueStream, version.Model, version.RunId, version.Version,
        version.RolledBackFrom is { } old ? $"the data of version {old}" : $"what run {version.AcceptedFrom} rejected",
        version.RequestedBy, version.Reason, elapsed.InMilliseconds());

    [LoggerMessage(LogLevel.Error, "{ValueStream}/{Model} of run {RunId} was refused and is not retried: {Reason} "
        + "{Hint}")]
    public static partial void RequestRefused(
        this ILogger logger, string valueStream, string model, Guid runId, string reason, string hint);

    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model} version {Version} {State} by {By}: {Reason}")]
    public static partial void PinSet(this ILogger logger, string valueStream, string model, int version, string state,
        string by, string? reason);

    [LoggerMessage(LogLevel.Warning, "{ValueStream}/{Model} has no version {Version} to pin, which {By} asked for")]
    public static partial void NothingToPin(
        this ILogger logger, string valueStream, string model, int version, string by);

    [LoggerMessage(LogLevel.Warning, "{ValueStream}/{Model}: version {Version} came about under registry "
        + "{RegistrySha256}, as did the version before last, but not the last: an edit of the registry was taken back, "
        + "or two registries name the model on one volume. If so, give it another name in one of them. See: benchmark "
        + "history {ValueStream}/{Model}")]
    public static partial void RegistriesAlternate(
        this ILogger logger, string valueStream, string model, int version, string registrySha256);

    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model} of run {RunId}: another publisher took the next "
        + "version; trying again")]
    public static partial void ClaimLost(this ILogger logger, string valueStream, string model, Guid runId);

    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model} of run {RunId}: its rows were those of version "
        + "{Version}, which readers do not have any more; they are examined again")]
    public static partial void NotServedAnyMore(
        this ILogger logger, string valueStream, string model, Guid runId, int version);

    [LoggerMessage(LogLevel.Warning, "{ValueStream}/{Model} of run {RunId}: nothing is staged of attempt {Attempt}, "
        + "and the run has no version. Its outcome was announced before, or somebody removed it; nothing is done")]
    public static partial void NothingStaged(
        this ILogger logger, string valueStream, string model, Guid runId, int attempt);

    [LoggerMessage(LogLevel.Error, "{ValueStream}/{Model} of run {RunId}: the volume failed after version {Version} "
        + "was committed, and all retries of it: {Problem}")]
    public static partial void BrokenOff(
        this ILogger logger, string valueStream, string model, Guid runId, int version, string problem);

    [LoggerMessage(
        LogLevel.Warning, "{Path} could not be made read-only: the file system refuses to change permissions")]
    public static partial void NotSealed(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "{Path} was not made by the Publisher; version {Version} replaces it, and "
        + "it is kept as {Kept}")]
    public static partial void ForeignFileKept(this ILogger logger, string path, string kept, int version);

    [LoggerMessage(LogLevel.Warning, "{Path} cannot be read and is replaced by the version's manifest: {Problem}")]
    public static partial void FactsUnreadable(this ILogger logger, string path, string problem);

    [LoggerMessage(LogLevel.Information, "Removed {Path}: the model keeps {Keep} versions")]
    public static partial void VersionRemoved(this ILogger logger, string path, int keep);

    [LoggerMessage(LogLevel.Information, "Removed {Path}: a leftover of a process that was killed")]
    public static partial void LeftoverRemoved(this ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "{Model}: {Problem} Version {Version} is served again")]
    public static partial void Converged(this ILogger logger, string model, string problem, int? version);

    [LoggerMessage(LogLevel.Error, "{Model}: readers may not see the newest version: {Problem} {NextStep}")]
    public static partial void NotConverged(this ILogger logger, string model, string problem, string nextStep);

    [LoggerMessage(LogLevel.Error, "{ValueStream}/{Model}: {Problem} {Hint}")]
    public static partial void Altered(
        this ILogger logger, string valueStream, string model, string problem, string? hint);

    [LoggerMessage(LogLevel.Warning, "Removing {Path} failed and is tried again: {Problem}")]
    public static partial void NotRemoved(this ILogger logger, string path, string problem);

    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model} of run {RunId} {Outcome}: version {Version}, "
        + "{Rows} rows, {Bytes} bytes in {ElapsedMs} ms")]
    private static partial void Swapped(this ILogger logger, string valueStream, string model, string? outcome,
        Guid runId, int? version, long? rows, long? bytes, double elapsedMs);

    [LoggerMessage(LogLevel.Information, "{ValueStream}/{Model} of run {RunId}: version {Version} is {What}, by {By}: "
        + "{Reason}; in {ElapsedMs} ms")]
    private static partial void Requested(this ILogger logger, string valueStream, string model, Guid runId,
        int version, string what, string? by, string? reason, double elapsedMs);

    [LoggerMessage(LogLevel.Error, "Publishing {ValueStream}/{Model} of run {RunId} failed after {ElapsedMs} ms "
        + "and is not retried: {Reason} {Hint}")]
    private static partial void Refused(this ILogger logger, string valueStream, string model, Guid runId,
        double elapsedMs, string reason, string hint);
}
