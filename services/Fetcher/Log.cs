using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

/// <summary>Everything this service logs.</summary>
internal static partial class Log
{
    public static void Staged(this ILogger logger, StagedFacts facts, TimeSpan elapsed) => logger.Staged(
        facts.ValueStream, facts.Model, facts.RunId, facts.Attempt, facts.Rows, facts.Bytes, elapsed.InMilliseconds());

    public static void StagedEarlier(this ILogger logger, StagedFacts facts) => logger.StagedEarlier(
        facts.ValueStream, facts.Model, facts.RunId, facts.Attempt, facts.Rows, facts.Bytes);

    public static void Refused(this ILogger logger, ModelFetchFailed failed, TimeSpan elapsed) => logger.Refused(
        failed.Refresh.ValueStream, failed.Refresh.Model, failed.RunId, elapsed.InMilliseconds(), failed.Refresh.Reason,
        failed.Refresh.Hint);

    public static void TotalsDiffer(this ILogger logger, ResolvedRefresh refresh, int reads, Exception difference) =>
        logger.TotalsDiffer(refresh.Model.ValueStream, refresh.Model.Model, refresh.RunId, reads, difference.Message);

    public static void RunOpened(this ILogger logger, RefreshModel request, Guid runId) => logger.RunOpened(
        request.ValueStream, request.Model, runId, request.RequestedBy ?? "a message without requestedBy");

    [LoggerMessage(LogLevel.Warning, "The clock of the volume is ahead of this machine's by {Ahead}: one of the two is "
        + "wrong. fetched_at is told by this machine's: set both by NTP")]
    public static partial void ClockDiffers(this ILogger logger, TimeSpan ahead);

    [LoggerMessage(LogLevel.Warning, "The source {Source} works, but: {Warning}")]
    public static partial void SourceWarning(this ILogger logger, string source, string warning);

    [LoggerMessage(LogLevel.Warning,
        "The source {Source} cannot be opened: environment variable {Variables} is not set, and refreshes of its "
        + "models ({Models}) will fail. Set it, in Kubernetes from a Secret, and restart the Fetcher")]
    public static partial void SecretMissing(this ILogger logger, string source, string variables, int models);

    [LoggerMessage(LogLevel.Error, "The source {Source} is down: its models fail at once until it is back, "
        + "and one a minute tries it. {Reason}")]
    public static partial void SourceIsDown(this ILogger logger, string source, string reason);

    [LoggerMessage(LogLevel.Information, "The source {Source} is back")]
    public static partial void SourceIsBack(this ILogger logger, string source);

    [LoggerMessage(LogLevel.Warning, "Could not remove the leftover {Directory}; a later sweep will try again")]
    public static partial void LeftoverKept(this ILogger logger, string directory, Exception exception);

    [LoggerMessage(LogLevel.Information, "Opened run {RunId} for {ValueStream}/{Model}, requested by {RequestedBy}")]
    private static partial void RunOpened(
        this ILogger logger, string valueStream, string model, Guid runId, string requestedBy);

    [LoggerMessage(LogLevel.Information,
        "Staged {ValueStream}/{Model} of run {RunId}: attempt {Attempt}, {Rows} rows, {Bytes} bytes in {ElapsedMs} ms")]
    private static partial void Staged(this ILogger logger, string valueStream, string model, Guid runId, int attempt,
        long rows, long bytes, double elapsedMs);

    [LoggerMessage(LogLevel.Information, "Announced {ValueStream}/{Model} of run {RunId} again: "
        + "attempt {Attempt} was complete, {Rows} rows, {Bytes} bytes")]
    private static partial void StagedEarlier(
        this ILogger logger, string valueStream, string model, Guid runId, int attempt, long rows, long bytes);

    [LoggerMessage(LogLevel.Error, "Could not fetch {ValueStream}/{Model} of run {RunId} after {ElapsedMs} ms "
        + "and will not try again: {Reason} {Hint}")]
    private static partial void Refused(this ILogger logger, string valueStream, string model, Guid runId,
        double elapsedMs, string? reason, string? hint);

    [LoggerMessage(LogLevel.Warning, "Fetched {ValueStream}/{Model} of run {RunId} wrongly, reading {Reads}, "
        + "and will read it again: {Difference}")]
    private static partial void TotalsDiffer(
        this ILogger logger, string valueStream, string model, Guid runId, int reads, string difference);

    public static void TakenBack(
        this ILogger logger, ResolvedRefresh refresh, TimeSpan age, TimeSpan timeout, int times) => logger.TakenBack(
            refresh.Model.ValueStream, refresh.Model.Model, refresh.RunId, age, timeout, times,
            StagingArea.MostTimesTakenBack);

    public static void RunCancelled(this ILogger logger, RefreshModel request, Guid runId) =>
        logger.RunCancelled(request.ValueStream, request.Model, runId);

    [LoggerMessage(LogLevel.Warning,
        "The broker took the request for {ValueStream}/{Model} of run {RunId} back after {Age}, before its rows were "
        + "fetched: its consumer_timeout is {Timeout}. It delivers it again; this was time {Times} of {Most}. Raise "
        + "consumer_timeout of the broker, or make the query faster")]
    private static partial void TakenBack(this ILogger logger, string valueStream, string model, Guid runId,
        TimeSpan age, TimeSpan timeout, int times, int most);

    [LoggerMessage(LogLevel.Information, "Dropped the request for {ValueStream}/{Model}: run {RunId} was cancelled")]
    private static partial void RunCancelled(this ILogger logger, string valueStream, string model, Guid runId);
}
