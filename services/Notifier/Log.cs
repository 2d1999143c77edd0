using Benchmark.Contracts;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier;

/// <summary>Everything this service logs.</summary>
internal static partial class Log
{
    public static void CameLate(this ILogger logger, ModelKey model, Guid runId, string messageType) =>
        logger.CameLate(model.ValueStream, model.Model, runId, messageType);

    public static void FactsUnreadable(this ILogger logger, ModelKey model, Guid runId, Exception exception) =>
        logger.FactsUnreadable(model.ValueStream, model.Model, runId, exception);

    [LoggerMessage(
        LogLevel.Information, "Run {RunId} started by {Trigger}: models {Models}, deadline {Deadline:O}")]
    public static partial void RunStarted(
        this ILogger logger, Guid runId, string trigger, int models, DateTimeOffset deadline);

    [LoggerMessage(LogLevel.Information, "Run {RunId} closed, {State}: {Reason}")]
    public static partial void RunClosed(this ILogger logger, Guid runId, string state, string reason);

    [LoggerMessage(LogLevel.Warning, "Asked to close run {RunId} ({Reason}), of which nothing has been heard: ignored")]
    public static partial void CloseOfUnknownRun(this ILogger logger, Guid runId, string reason);

    [LoggerMessage(LogLevel.Warning,
        "A request for {ValueStream}/{Model} without a run has failed: there is no run to report it in. It waits in "
        + "fetcher_error")]
    public static partial void FaultWithoutRun(this ILogger logger, string valueStream, string model);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} closed and nobody is told: its models have no mail address, "
        + "and no Slack with SLACK_WEBHOOK_URL set")]
    public static partial void NobodyIsTold(this ILogger logger, Guid runId);

    [LoggerMessage(LogLevel.Information, "Run {RunId} passed its deadline {Deadline:O}: closing it")]
    public static partial void DeadlinePassed(this ILogger logger, Guid runId, DateTimeOffset deadline);

    [LoggerMessage(LogLevel.Information, "Report of run {RunId} for {Team} delivered by {Channel}: {WentTo}")]
    public static partial void Delivered(this ILogger logger, Guid runId, string team, string channel, string wentTo);

    [LoggerMessage(LogLevel.Warning, "Report of run {RunId} for {Team} not delivered by {Channel}, attempt {Attempt}; "
        + "the next attempt is at {Next:O}")]
    public static partial void NotDelivered(this ILogger logger, Guid runId, string team, string channel, int attempt,
        DateTimeOffset next, Exception exception);

    [LoggerMessage(LogLevel.Error, "Report of run {RunId} for {Team} could not be delivered by {Channel} in {Attempt} "
        + "attempts and is given up. Nobody has been told: see benchmark runs {RunId}")]
    public static partial void GaveUp(
        this ILogger logger, Guid runId, string team, string channel, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Warning,
        "The mail server refused {Address} for good ({Response}); the others get the report of run {RunId}")]
    public static partial void RecipientRefused(this ILogger logger, Guid runId, string address, string response);

    [LoggerMessage(LogLevel.Warning,
        "The password for {Host} travels unencrypted: the server offers no STARTTLS. Use smtps://")]
    public static partial void PasswordUnencrypted(this ILogger logger, string host);

    [LoggerMessage(LogLevel.Error, "Looking for due runs and deliveries failed; done again in {Interval}")]
    public static partial void SweepFailed(this ILogger logger, TimeSpan interval, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} had closed when {MessageType} of {ValueStream}/{Model} came: "
        + "recorded, not reported again")]
    private static partial void CameLate(
        this ILogger logger, string valueStream, string model, Guid runId, string messageType);

    [LoggerMessage(LogLevel.Warning, "The report or manifest of {ValueStream}/{Model} cannot be read; run {RunId} is "
        + "reported by its events only")]
    private static partial void FactsUnreadable(
        this ILogger logger, string valueStream, string model, Guid runId, Exception exception);
}
