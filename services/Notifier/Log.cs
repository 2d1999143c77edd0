using Benchmark.Contracts;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier;

/// <summary>Everything this service logs.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Run {RunId} started by {Trigger}: waits for {Models} models until {Deadline:O}.")]
    public static partial void RunStarted(ILogger logger, Guid runId, string trigger, int models, DateTimeOffset deadline);

    [LoggerMessage(LogLevel.Information, "Run {RunId} closed, {State}: {Reason}.")]
    public static partial void RunClosed(ILogger logger, Guid runId, string state, string reason);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} had closed when {Event} of {Model} came: recorded, not reported again.")]
    public static partial void HeardLate(ILogger logger, Guid runId, ModelKey model, string @event);

    [LoggerMessage(LogLevel.Warning, "Asked to close run {RunId} ({Reason}), of which nothing has been heard: ignored.")]
    public static partial void CloseOfUnknownRun(ILogger logger, Guid runId, string reason);

    [LoggerMessage(LogLevel.Warning,
        "A request for {ValueStream}/{Model} without a run gave up: nobody is told. It waits in fetcher_error.")]
    public static partial void FaultWithoutRun(ILogger logger, string valueStream, string model);

    [LoggerMessage(LogLevel.Warning,
        "Run {RunId} closed and nobody is told: its models have no mail address, and no Slack with SLACK_WEBHOOK_URL set.")]
    public static partial void NobodyIsTold(ILogger logger, Guid runId);

    [LoggerMessage(LogLevel.Information, "Run {RunId} passed its deadline {Deadline:O}: closing it.")]
    public static partial void DeadlinePassed(ILogger logger, Guid runId, DateTimeOffset deadline);

    [LoggerMessage(LogLevel.Information, "Report of run {RunId} for {Team} delivered by {Channel}: {WentTo}.")]
    public static partial void Delivered(ILogger logger, Guid runId, string team, string channel, string wentTo);

    [LoggerMessage(LogLevel.Warning,
        "Report of run {RunId} for {Team} not delivered by {Channel}, attempt {Attempt}; tried again at {Next:O}.")]
    public static partial void NotDelivered(
        ILogger logger, Exception reason, Guid runId, string team, string channel, int attempt, DateTimeOffset next);

    [LoggerMessage(LogLevel.Error,
        "Report of run {RunId} for {Team} could not be delivered by {Channel} in {Attempt} attempts and is given up. "
        + "Nobody has been told: see benchmark runs {RunId}.")]
    public static partial void GaveUp(ILogger logger, Exception reason, Guid runId, string team, string channel, int attempt);

    [LoggerMessage(LogLevel.Warning,
        "The mail server refused {Address} for good ({Response}); the others get the report of run {RunId}.")]
    public static partial void RecipientRefused(ILogger logger, string address, string response, Guid runId);

    [LoggerMessage(LogLevel.Warning,
        "The password for {Host} travels unencrypted: the server offers no STARTTLS. Use smtps://.")]
    public static partial void PasswordInTheClear(ILogger logger, string host);

    [LoggerMessage(LogLevel.Warning, "The facts of {Model} are not readable; it is reported by its events only.")]
    public static partial void FactsNotReadable(ILogger logger, Exception reason, ModelKey model);

    [LoggerMessage(LogLevel.Error, "Looking for due runs and deliveries failed; done again in {Interval}.")]
    public static partial void SweepFailed(ILogger logger, Exception reason, TimeSpan interval);
}
