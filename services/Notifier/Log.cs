using Benchmark.Contracts;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier;

/// <summary>Everything this service logs.</summary>
internal static partial class Log
{
    public static void ReceivedLate(this ILogger logger, ModelKey model, Guid runId, string messageType) =>
        logger.ReceivedLate(model.ValueStream, model.Model, runId, messageType);

    public static void FactsUnreadable(this ILogger logger, ModelKey model, Guid runId, Exception exception) =>
        logger.FactsUnreadable(model.ValueStream, model.Model, runId, exception);

    public static void ModelUnreadable(this ILogger logger, ModelKey model, string problem) =>
        logger.ModelUnreadable(model.ValueStream, model.Model, problem);

    public static void LineageNotSent(
        this ILogger logger, string server, ModelKey model, Guid runId, string problem) =>
        logger.LineageNotSent(server, model.ValueStream, model.Model, runId, problem);

    public static void LineageFactsUnreadable(this ILogger logger, ModelKey model, Guid runId, string problem) =>
        logger.LineageFactsUnreadable(model.ValueStream, model.Model, runId, problem);

    [LoggerMessage(
        LogLevel.Information, "Run {RunId} started by {Trigger}: models {Models}, deadline {Deadline:O}")]
    public static partial void RunStarted(
        this ILogger logger, Guid runId, string trigger, int models, DateTimeOffset deadline);

    [LoggerMessage(LogLevel.Error, "The volume is not marked as that of this installation, and no service publishes on "
        + "it until it is; this is tried again every few seconds. {Problem}")]
    public static partial void VolumeNotTaken(this ILogger logger, string problem);

    [LoggerMessage(LogLevel.Error, "{ValueStream}/{Model} is not as it was published: {Problem} See: benchmark verify")]
    public static partial void FileAltered(this ILogger logger, string valueStream, string model, string problem);

    [LoggerMessage(LogLevel.Warning, "The versions of {ValueStream}/{Model} could not be verified, and are tried again"
        + ": {Problem}")]
    public static partial void NotVerified(this ILogger logger, string valueStream, string model, string problem);

    [LoggerMessage(LogLevel.Warning, "What was found of the versions of {ValueStream}/{Model} could not be written to "
        + "the volume; commands do not know of it: {Problem}")]
    public static partial void NotRecorded(this ILogger logger, string valueStream, string model, string problem);

    [LoggerMessage(LogLevel.Error, "Run {RunId}, which closed at {Closed:O}, was started again at {Started:O}: its "
        + "models are refreshed again, but reported only where one is published that was reported otherwise. For a "
        + "report start a run of its own: benchmark refresh")]
    public static partial void StartedAgain(
        this ILogger logger, Guid runId, DateTimeOffset closed, DateTimeOffset started);

    [LoggerMessage(LogLevel.Error, "{ValueStream}/{Model} was reported as {Told} by run {RunId} and has been published "
        + "since, as version {Version}, because a message of the run was delivered again: a correction is sent. See "
        + "benchmark history {ValueStream}/{Model}")]
    public static partial void PublishedAfterAll(
        this ILogger logger, string valueStream, string model, Guid runId, string told, int version);

    [LoggerMessage(LogLevel.Error, "Received {MessageType} of {ValueStream}/{Model} of run {RunId}, which nobody has "
        + "started: it is forged, of another installation or sent again, or the start is late or waits in "
        + "notifier_error. Unless the start arrives, the run closes at {Deadline:O} and is reported")]
    public static partial void NotStarted(
        this ILogger logger, Guid runId, string messageType, string valueStream, string model, DateTimeOffset deadline);

    [LoggerMessage(LogLevel.Information, "Pages are served at {Address}")]
    public static partial void PagesServed(this ILogger logger, string address);

    [LoggerMessage(LogLevel.Error, "The page {Path} failed")]
    public static partial void PageFailed(this ILogger logger, string path, Exception exception);

    [LoggerMessage(LogLevel.Information, "Run {RunId} closed, {State}: {Reason}")]
    public static partial void RunClosed(this ILogger logger, Guid runId, string state, string reason);

    [LoggerMessage(LogLevel.Warning, "Ignored the request to close run {RunId} ({Reason}): no such run is known")]
    public static partial void CloseOfUnknownRun(this ILogger logger, Guid runId, string reason);

    [LoggerMessage(LogLevel.Warning,
        "A request for {ValueStream}/{Model} without a run failed and is not reported: it waits in fetcher_error")]
    public static partial void FaultWithoutRun(this ILogger logger, string valueStream, string model);

    [LoggerMessage(LogLevel.Warning, "Nobody is notified of {Count} models of run {RunId} ({Models} …): they have no "
        + "mail address and no webhook, and no Slack with SLACK_WEBHOOK_URL set")]
    public static partial void NoRecipients(this ILogger logger, Guid runId, int count, string models);

    [LoggerMessage(LogLevel.Warning, "The mails of run {RunId} have ids that another installation may have, too: "
        + "{Problem}")]
    public static partial void NoInstallation(this ILogger logger, Guid runId, string problem);

    [LoggerMessage(LogLevel.Information, "{Host} took the mail, but hung up without a goodbye: {Problem}")]
    public static partial void NoGoodbye(this ILogger logger, string host, string problem);

    [LoggerMessage(LogLevel.Warning, "The gauges of {Part} have no value until they can be read again: {Problem}")]
    public static partial void GaugesUnreadable(this ILogger logger, string part, string problem);

    [LoggerMessage(LogLevel.Information, "The gauges of {Part} can be read again")]
    public static partial void GaugesReadable(this ILogger logger, string part);

    [LoggerMessage(LogLevel.Information, "{Server} takes lineage again; {Lost} events were not sent")]
    public static partial void LineageSentAgain(this ILogger logger, string server, long lost);

    [LoggerMessage(LogLevel.Information, "Run {RunId} passed its deadline {Deadline:O}; asked to close it")]
    public static partial void DeadlinePassed(this ILogger logger, Guid runId, DateTimeOffset deadline);

    [LoggerMessage(LogLevel.Information, "Delivered the report of run {RunId} for {Team} by {Channel}: {WentTo}")]
    public static partial void Delivered(this ILogger logger, Guid runId, string team, string channel, string wentTo);

    [LoggerMessage(LogLevel.Warning, "Delivering the report of run {RunId} for {Team} by {Channel} failed in "
        + "attempt {Attempt}; the next attempt is at {Next:O}")]
    public static partial void NotDelivered(this ILogger logger, Guid runId, string team, string channel, int attempt,
        DateTimeOffset next, Exception exception);

    [LoggerMessage(LogLevel.Error, "Report of run {RunId} for {Team} could not be delivered by {Channel} in {Attempt} "
        + "attempts and is given up. Its recipients know nothing of the run: see benchmark runs {RunId}")]
    public static partial void DeliveryGivenUp(
        this ILogger logger, Guid runId, string team, string channel, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Warning,
        "The mail server rejected {Address} ({Response}); the other recipients get the report of run {RunId}")]
    public static partial void RecipientRefused(this ILogger logger, Guid runId, string address, string response);

    [LoggerMessage(LogLevel.Warning,
        "The password for {Host} is sent unencrypted, because the server offers no STARTTLS. Use smtps://")]
    public static partial void PasswordUnencrypted(this ILogger logger, string host);

    [LoggerMessage(LogLevel.Error, "The sweep for due runs and deliveries failed; the next one is in {Interval}")]
    public static partial void SweepFailed(this ILogger logger, TimeSpan interval, Exception exception);

    [LoggerMessage(LogLevel.Error,
        "{Problem} Until it is back no run is recorded or closed and no report is sent; nothing is lost: events wait "
        + "in the queue")]
    public static partial void DatabaseAway(this ILogger logger, string problem);

    [LoggerMessage(LogLevel.Information, "The Notifier's database is back after {Duration}")]
    public static partial void DatabaseBack(this ILogger logger, TimeSpan duration);

    [LoggerMessage(LogLevel.Warning, "Received {MessageType} of {ValueStream}/{Model} after run {RunId} had closed: "
        + "recorded, but not reported")]
    private static partial void ReceivedLate(
        this ILogger logger, string valueStream, string model, Guid runId, string messageType);

    [LoggerMessage(LogLevel.Information, "The models could not be read before somebody asked for them: {Problem}")]
    public static partial void NothingToLookAtYet(this ILogger logger, string problem);

    [LoggerMessage(LogLevel.Warning, "The models could not be read before somebody asked for them, and the overview "
        + "may fail. Look for a row of table refreshes whose JSON is damaged, or that a newer Notifier wrote")]
    public static partial void FirstLookFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Old reports in {Directory} were not all removed; the next run tries again: "
        + "{Problem}")]
    public static partial void OldReportsKept(this ILogger logger, string directory, string problem);

    [LoggerMessage(LogLevel.Warning, "The report or manifest of {ValueStream}/{Model} cannot be read; the report "
        + "of run {RunId} has only what the events said")]
    private static partial void FactsUnreadable(
        this ILogger logger, string valueStream, string model, Guid runId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The gauges of {ValueStream}/{Model} have no value until its manifest can be read "
        + "again, which the next refresh makes: {Problem}")]
    private static partial void ModelUnreadable(
        this ILogger logger, string valueStream, string model, string problem);

    [LoggerMessage(LogLevel.Warning, "The lineage of {ValueStream}/{Model} of run {RunId} was not sent to {Server} "
        + "(OPENLINEAGE_URL); further failures are only counted until it takes an event again: {Problem}")]
    private static partial void LineageNotSent(
        this ILogger logger, string server, string valueStream, string model, Guid runId, string problem);

    [LoggerMessage(LogLevel.Warning, "The lineage of {ValueStream}/{Model} of run {RunId} has only what the events "
        + "said: {Problem}")]
    private static partial void LineageFactsUnreadable(
        this ILogger logger, string valueStream, string model, Guid runId, string problem);
}
