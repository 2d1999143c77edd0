using Benchmark.Contracts.Registry;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Fetcher.Tests;

public sealed class Telling_what_a_failure_means
{
    private static readonly CancellationToken s_passed = new(canceled: true);

    private static readonly ModelRegistry s_registry = Sources.Registry(Sources.InMemory, Sources.Table("t"));

    private static readonly FetchState s_fetching = new("value_stream_1/model_x", "/volume", CancellationToken.None)
    {
        Refresh = ResolvedRefresh.From(Sources.Request, Sources.Run, s_registry),
        Reads = 1,
    };

    private static readonly FetchState s_stopping = s_fetching with { Stopping = s_passed, RequestLimit = s_passed };

    private static readonly FetchState s_pastRequestLimit = s_fetching with { RequestLimit = s_passed };

    private static readonly FetchState s_pastDeadline = s_fetching with { Deadline = s_passed };

    private static readonly FetchState s_pastBoth = s_pastRequestLimit with { Deadline = s_passed };

    [Fact]
    public void Refuses_what_would_fail_again_and_retries_what_may_pass()
    {
        string[] table =
        [
            Row("the registry refuses", new FetchRefusedException("reason", "hint"), s_fetching),
            Row("the registry refuses while the process stops", new FetchRefusedException("reason", "hint"),
                s_stopping),
            Row("a value that no CSV holds", new UnwritableDataException("reason", "hint"), s_fetching),
            Row("no connection string", new UnusableConnectionException(Sources.InMemory), s_fetching),
            Row("wrong password", Failed(FailureClass.Credentials), s_fetching),
            Row("wrong query", Failed(FailureClass.Permanent), s_fetching),
            Row("wrong query, and the source knows more", Failed(FailureClass.Permanent, "hint"), s_fetching),
            Row("no answer", Failed(FailureClass.Transient), s_fetching),
            Row("wrong rows", Differ(), s_fetching),
            Row("wrong rows, third time", Differ(), s_fetching with { Reads = FetchFailure.MaxReads }),
            Row("the process stops", new OperationCanceledException("stop"), s_stopping),
            Row("the process stops, driver fails", Failed(FailureClass.Permanent), s_stopping),
            Row("waited too long", new OperationCanceledException("stop"), s_pastRequestLimit),
            Row("fetched too long", new OperationCanceledException("stop"), s_pastDeadline),
            Row("fetched too long, driver fails", Failed(FailureClass.Transient), s_pastDeadline),
            Row("both too long", new OperationCanceledException("stop"), s_pastBoth),
            Row("cancelled by nobody", new OperationCanceledException("stop"), s_fetching),
            Row("disk full", new IOException("No space left."), s_fetching),
            Row("disk full while the process stops", new IOException("No space left."), s_stopping),
            Row("no permission", new UnauthorizedAccessException("Denied."), s_fetching),
            Row("a mistake of ours", new InvalidDataException("bug"), s_fetching),
        ];

        string.Join('\n', table).Should().Be(
            """
            the registry refuses
              refused: reason
              hint
            the registry refuses while the process stops
              refused: reason
              hint
            a value that no CSV holds
              refused: reason
              hint
            no connection string
              refused: The connection of the source demo (duckdb) cannot be used: it is not a connection
                string that its driver accepts.
              Correct 'connection' of the source 'demo' in the registry, or the environment variable it
                names.
            wrong password
              refused: The source demo (duckdb) refused the credentials: line 1 line 2
              The credentials were refused and are not tried again, so that no account is locked: renew the
                secret of the source 'demo'.
            wrong query
              refused: The source demo (duckdb) refused the query: line 1 line 2
              Correct 'table' or 'query' of the model in the registry, or what it reads.
            wrong query, and the source knows more
              refused: The source demo (duckdb) refused the query: line 1 line 2
              hint
            no answer
              retried: SourceUnavailableException: The source demo (duckdb) is not available: line 1 line 2
            wrong rows
              read again
            wrong rows, third time
              refused: What the source demo (duckdb) sent differs from what it has, 3 times in a row. The sum
                is 3 in the source, but 4 in what was read.
              If the query gives the same rows each time (no random(), no limit without order by), the driver or
                the network between is at fault: refresh again, and tell whoever runs the source.
            the process stops
              cancelled
            the process stops, driver fails
              cancelled
            waited too long
              refused: value_stream_1/model_x was not fetched within 00:25:00 of the delivery of its request:
                it waited for a place at demo (duckdb), or its attempts were broken off.
              Raise max_concurrent_fetches of the source 'demo' if it can bear it, or run more Fetchers; the
                Fetcher's log names the attempts that were broken off.
            fetched too long
              refused: The fetch from demo (duckdb) did not finish within 00:15:00.
              Make the query faster, or raise fetch_timeout of value_stream_1/model_x in the registry.
            fetched too long, driver fails
              refused: The fetch from demo (duckdb) did not finish within 00:15:00.
              Make the query faster, or raise fetch_timeout of value_stream_1/model_x in the registry.
            both too long
              refused: value_stream_1/model_x was not fetched within 00:25:00 of the delivery of its request:
                it waited for a place at demo (duckdb), or its attempts were broken off.
              Raise max_concurrent_fetches of the source 'demo' if it can bear it, or run more Fetchers; the
                Fetcher's log names the attempts that were broken off.
            cancelled by nobody
              retried: OperationCanceledException: stop
            disk full
              retried: IOException: value_stream_1/model_x cannot be staged on the volume /volume: No space
                left. Check its free space, that it is mounted read-write, and that this process's user may
                write there.
            disk full while the process stops
              retried: IOException: value_stream_1/model_x cannot be staged on the volume /volume: No space
                left. Check its free space, that it is mounted read-write, and that this process's user may
                write there.
            no permission
              retried: IOException: value_stream_1/model_x cannot be staged on the volume /volume: Denied.
                Check its free space, that it is mounted read-write, and that this process's user may write
                there.
            a mistake of ours
              retried: InvalidDataException: bug
            """.Replace("\n    ", " ", StringComparison.Ordinal),
            "a line that is indented further belongs to the one above");
    }

    [Fact]
    public void Keeps_a_retried_failure_that_needs_no_other_words()
    {
        var mistake = new InvalidDataException("bug");

        var failure = FetchFailure.Of(mistake, s_fetching);

        failure.Should().Be(new FetchFailure.Retried(mistake));
    }

    private static string Row(string what, Exception exception, FetchState state)
    {
        string[] meaning = FetchFailure.Of(exception, state) switch
        {
            FetchFailure.Refused(var reason, var hint) => [$"refused: {reason}", hint],
            FetchFailure.Retried(var failure) => [$"retried: {failure.GetType().Name}: {failure.Message}"],
            FetchFailure.ReadAgain => ["read again"],
            FetchFailure.Cancelled => ["cancelled"],
            var other => [$"{other}"],
        };
        return string.Join("\n  ", meaning.Prepend(what));
    }

    private static SourceFailedException Failed(FailureClass failureClass, string? hint = null) =>
        new(Sources.InMemory, new SourceFailure(failureClass, "line 1 line 2", hint), new TimeoutException());

    private static TotalsDifferException Differ() => new("The sum", "3", "4");
}
