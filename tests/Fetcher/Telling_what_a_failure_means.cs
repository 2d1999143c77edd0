using Benchmark.Contracts.Registry;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources;
using Benchmark.Tests.Support;

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
            Row("the registry refuses while the process stops", new FetchRefusedException("reason", "hint"), s_stopping),
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

        Approved.Match("tests/Fetcher/failures.approved.txt", string.Join('\n', table) + "\n");
    }

    [Fact]
    public void Keeps_a_retried_failure_that_needs_no_other_words()
    {
        var mistake = new InvalidDataException("bug");

        var failure = FetchFailure.Of(mistake, s_fetching);

        failure.Should().Be(new FetchFailure.Retried(mistake));
    }

    private static string Row(string what, Exception exception, FetchState state) => $"{what}: " + FetchFailure.Of(exception, state) switch
    {
        FetchFailure.Refused(var reason, var hint) => $"refused: {reason} | {hint}",
        FetchFailure.Retried(var failure) => $"retried: {failure.GetType().Name}: {failure.Message}",
        FetchFailure.ReadAgain => "read again",
        FetchFailure.Cancelled => "cancelled",
        var other => $"{other}",
    };

    private static SourceFailedException Failed(FailureClass failureClass, string? hint = null) =>
        new(Sources.InMemory, failureClass, hint, new TimeoutException("line 1\n   line 2"));

    private static TotalsDifferException Differ() => new("The sum", "3", "4");
}
