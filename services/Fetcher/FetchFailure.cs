using System.Data.Common;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources;
using Benchmark.Fetcher.Sources.Http;

namespace Benchmark.Fetcher;

/// <summary>What an exception means for a fetch: the only place that decides it. Pure.</summary>
internal abstract record FetchFailure
{
    /// <summary>How often rows that differ from their source are read, within one deadline.</summary>
    public const int MaxReads = 3;

    /// <summary>The same request fails in the same way: it becomes <c>ModelFetchFailed</c>.</summary>
    public sealed record Refused(string Reason, string Hint) : FetchFailure
    {
        /// <summary>Whether the source does not have its new data yet, and nothing else is wrong.</summary>
        public bool SourceLate { get; init; }
    }

    /// <summary>The rows are not what the source has, and are read again at once.</summary>
    // Not left to the endpoint's retries, which end in a fault: rows that are wrong every time are a failure of the
    // data.
    public sealed record ReadAgain : FetchFailure;

    /// <summary>What leaves the consumer: the exception itself, or one that says more.</summary>
    public abstract record Thrown(Exception Exception) : FetchFailure;

    /// <summary>A failure of the machine, which the endpoint retries.</summary>
    public sealed record Retried(Exception Exception) : Thrown(Exception);

    /// <summary>The process is stopping, or the broker has taken the message back.</summary>
    public sealed record Cancelled(OperationCanceledException Cancellation) : Thrown(Cancellation);

    /// <summary>A person has cancelled the run, and nobody waits for the rows.</summary>
    public sealed record Dropped : FetchFailure;

    public static FetchFailure Of(Exception exception, FetchState state) => exception switch
    {
        _ when RefusalOf(exception) is { } refused => refused,
        TotalsDifferException when state.Reads < MaxReads => new ReadAgain(),
        TotalsDifferException { Hint: { } hint } => new Refused(
            $"What the source {state.Refresh?.Source} sent cannot be written, {MaxReads} times in a row. "
            + exception.Message,
            $"{hint} If the source has no such value, the driver or the network between is at fault: refresh again, "
            + "and tell whoever runs the source."),
        TotalsDifferException => new Refused(
            $"What the source {state.Refresh?.Source} sent differs from what it has, {MaxReads} times in a row. "
            + exception.Message,
            "If the query gives the same rows each time (no random(), no limit without order by), "
            + "the driver or the network between is at fault: refresh again, and tell whoever runs the source."),
        // A cancelled query ends with a different error in every driver.
        OperationCanceledException or SourceFailedException or DbException or TimeoutException
            when Interrupted(exception, state) is { } interrupted => interrupted,
        SourceFailedException failed => OfSource(failed),
        IOException or UnauthorizedAccessException => new Retried(new IOException(
            $"{state.Model} cannot be staged on the volume {state.VolumeRoot}: {exception.Message} "
            + "Check its free space, that it is mounted read-write, and that this process's user may write there.",
            exception)),
        _ => new Retried(exception),
    };

    /// <summary>
    /// The refusal that an exception is by itself, whatever state the fetch is in; null when it is none.
    /// </summary>
    public static Refused? RefusalOf(Exception exception) => exception switch
    {
        FetchRefusedException refused => new Refused(refused.Message, refused.Hint)
        {
            SourceLate = refused.SourceLate,
        },
        UnwritableDataException unwritable => new Refused(unwritable.Message, unwritable.Hint),
        UnusableConnectionException { Definition: var source } => new Refused(
            $"The connection of the source {source} cannot be used: "
            + "it is not a connection string that its driver accepts.",
            $"Correct 'connection' of the source '{source.Name}' in the registry, "
            + "or the environment variable it names."),
        _ => null,
    };

    /// <summary>What a source that failed means.</summary>
    public static FetchFailure OfSource(SourceFailedException failed) => failed.Class switch
    {
        FailureClass.Credentials => new Refused(
            $"The source {failed.Definition} refused the credentials: {failed.Message}",
            "The credentials were refused and are not tried again, so that no account is locked: "
            + $"renew the secret of the source '{failed.Definition.Name}'."
            + (failed.Hint is { } more ? $" {more}" : "")),
        FailureClass.Connection => new Refused(
            $"The source {failed.Definition} cannot be opened: {failed.Message}",
            failed.Hint ?? $"Correct 'connection' of the source '{failed.Definition.Name}' in the registry, or what it "
            + "names: an environment variable, a key file."),
        FailureClass.Permanent => new Refused(
            $"The source {failed.Definition} refused the query: {failed.Message}",
            failed.Hint ?? "Correct 'table' or 'query' of the model in the registry, or what it reads."),
        _ => new Retried(new SourceUnavailableException(
            $"The source {failed.Definition} is not available: {failed.Message}", failed.InnerException!)),
    };

    private static FetchFailure? Interrupted(Exception exception, FetchState state) => state switch
    {
        { Stopping.IsCancellationRequested: true } => new Cancelled(
            exception as OperationCanceledException
                ?? new OperationCanceledException(exception.Message, exception, state.Stopping)),
        { RunCancelled.IsCancellationRequested: true } => new Dropped(),
        { RequestLimit.IsCancellationRequested: true, Refresh: { } refresh } => new Refused(
            $"{refresh.Model.Name} was not fetched within {refresh.RequestLimit} of the delivery of its "
            + $"request: it waited for {(refresh.Model.Ready is null ? "" : "'ready', for ")}a place at "
            + $"{refresh.Source}, or its attempts were broken off.",
            $"Raise max_concurrent_fetches of the source '{refresh.Source.Name}' if it can bear it, or run more "
            + "Fetchers; the Fetcher's log names the attempts that were broken off."),
        { Deadline.IsCancellationRequested: true, Refresh: { } refresh } when exception is WaitedException waited =>
            new Refused(
                $"The fetch from {refresh.Source} did not finish within {refresh.Model.FetchTimeout}: "
                + $"{waited.Message}.",
                "Check that host and the network between (firewall, proxy); if it is only slow, make the query faster "
                + $"or raise fetch_timeout of {refresh.Model.Name} in the registry."),
        { Deadline.IsCancellationRequested: true, Refresh: { } refresh } => new Refused(
            $"The fetch from {refresh.Source} did not finish within {refresh.Model.FetchTimeout}.",
            $"Make the query faster, or raise fetch_timeout of {refresh.Model.Name} in the registry."),
        _ => null,
    };
}

/// <summary>The state of a fetch, and what may end it early.</summary>
/// <param name="Model">Value stream and model as requested.</param>
/// <param name="VolumeRoot">Where the volume is mounted.</param>
/// <param name="Stopping">The process is stopping, or the broker has taken the message back.</param>
internal sealed record FetchState(string Model, string VolumeRoot, CancellationToken Stopping)
{
    /// <summary>Null until the registry has been asked.</summary>
    public ResolvedRefresh? Refresh { get; set; }

    /// <summary>A person has cancelled the run.</summary>
    public CancellationToken RunCancelled { get; init; }

    /// <summary>
    /// The request has reached its deadline, waiting and earlier attempts included; or one of the above has come.
    /// </summary>
    public CancellationToken RequestLimit { get; set; }

    /// <summary>The fetch itself has reached its deadline.</summary>
    public CancellationToken Deadline { get; set; }

    /// <summary>How often the rows have been read.</summary>
    public int Reads { get; set; }
}

/// <summary>A source could not be reached, or the connection broke; the endpoint retries.</summary>
internal sealed class SourceUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
