using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Benchmark.Notifier.Tests;

public sealed class Meeting_trouble : IDisposable
{
    private readonly TempVolume _volume = new();
    private readonly Events _run = new();

    [Fact]
    public async Task Hears_that_a_service_gave_up()
    {
        var trouble = new IOException("No space left on device");
        await using var notifier = await NotifierHost.StartAsync(
            _volume, others: bus => bus.AddHandler((RefreshModel _) => Task.FromException(trouble)));
        await notifier.ConsumeAsync(_run.Started("a"));

        await notifier.Bus.Bus.Publish(_run.Request("a"));
        await notifier.ConsumedAsync<Fault<RefreshModel>>();

        var run = await notifier.Runs.FindAsync(_run.RunId);
        run!.Failed.Should().Be(1);
        run.Models.Single().Should().BeEquivalentTo(new { Stage = Stage.Fetch, Reason = "No space left on device" });
    }

    [Fact]
    public async Task Does_not_report_its_own_trouble_as_that_of_a_service()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume, new UnreadableRegistry());
        await notifier.ConsumeAsync(_run.Started("a"));

        await notifier.Invoking(n => n.ConsumeAsync(_run.Published("a"))).Should().ThrowAsync<Exception>();

        notifier.Published<Fault>().Should().BeEmpty();
        (await notifier.Runs.FindAsync(_run.RunId)).Should().BeEquivalentTo(
            new { State = RunState.Running, Published = 0 }, "all of it is undone");
    }

    [Fact]
    public async Task Closes_runs_at_their_deadline_while_the_mail_server_hangs()
    {
        var (asked, answer) = (new TaskCompletionSource(), new ManualResetEventSlim());
        await using var server = SmtpServer.Start();
        server.AnswerToRecipient = _ =>
        {
            asked.TrySetResult();
            answer.Wait();
            return "250 ok";
        };
        await using var notifier = await NotifierHost.StartAsync(
            _volume, settings: new() { ["Mail:Smtp"] = $"smtp://127.0.0.1:{server.Port}" });
        var reported = new Events();
        await notifier.ConsumeAsync(reported.Started("a"));
        await notifier.ConsumeAsync(reported.Published("a"));
        await notifier.ConsumeAsync(_run.Started("a"));
        await notifier.Sweep.StartAsync(CancellationToken.None);
        await asked.Task;

        notifier.Time.Advance(TimeSpan.FromHours(3));
        await notifier.ConsumedAsync<CloseRun>();

        (await notifier.Runs.FindAsync(_run.RunId))!.State.Should().Be(RunState.Incomplete);
        answer.Set();
        await notifier.Sweep.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Waits_for_a_database_that_is_busy()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume);
        await notifier.ConsumeAsync(_run.Started("a"));
        var file = Path.Combine(NotifierHost.StateOf(_volume), "benchmark.db");
        await using var other = new SqliteConnection($"Data Source={file}");
        await other.OpenAsync();
        await using var writing = await other.BeginTransactionAsync();

        var consumed = notifier.ConsumeAsync(_run.Published("a"));
        consumed.IsCompleted.Should().BeFalse();
        await writing.RollbackAsync();
        await consumed;

        (await notifier.Runs.FindAsync(_run.RunId))!.State.Should().Be(RunState.Completed);
    }

    [Fact]
    public async Task Tries_an_event_again_when_the_trouble_passes()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume, new StumblingRegistry());
        await notifier.ConsumeAsync(_run.Started("a"));

        await notifier.ConsumeAsync(_run.Published("a"));

        (await notifier.Runs.FindAsync(_run.RunId))!.State.Should().Be(RunState.Completed);
        notifier.Published<RunClosed>().Should().ContainSingle("what a failed try published is dropped with it");
    }

    [Fact]
    public async Task Ends_its_sweep_quietly_when_it_is_stopped()
    {
        await using var notifier = await NotifierHost.StartAsync(_volume);
        await notifier.ConsumeAsync(_run.Started("a"));
        notifier.Time.Advance(TimeSpan.FromHours(2));
        await notifier.Sweep.StartAsync(default);
        await notifier.ConsumedAsync<CloseRun>();

        await notifier.Sweep.StopAsync(default);

        notifier.Sweep.ExecuteTask!.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Theory]
    [InlineData(null, HealthStatus.Healthy)]
    [InlineData("Host=127.0.0.1;Port=1;Timeout=5", HealthStatus.Unhealthy)]
    public async Task Is_ready_while_its_database_answers(string? database, HealthStatus expected)
    {
        await using var notifier =
            await NotifierHost.StartAsync(_volume, settings: new() { ["Notifier:Database"] = database });

        var health = await notifier.HealthAsync();

        health.Entries["runs"].Status.Should().Be(expected);
    }

    [Fact]
    public async Task Says_which_database_cannot_be_reached_and_where_it_is_set()
    {
        const string nobody = "Host=127.0.0.1;Port=1;Database=benchmarks;Username=u;Password=pa55word;Timeout=5";
        var runs = new RunStore(new RunDatabase(new StateOptions(), new NotifierOptions { Database = nobody }));

        Func<Task>[] reads =
        [
            () => runs.FindAsync(_run.RunId), () => runs.FindAsync("aaaa"),
            () => runs.ListAsync(1), () => runs.DeliveriesAsync(_run.RunId),
        ];

        foreach (var read in reads)
        {
            var thrown = await read.Should().ThrowAsync<DbException>();
            thrown.Which.Message.Should().StartWith(
                "The Notifier's database 127.0.0.1/benchmarks (BENCHMARK_DATABASE, --database) cannot be reached: ")
                .And.NotContain("pa55word");
            Transient.Is(thrown.Which).Should().BeTrue();
        }
    }

    [Fact]
    public async Task Says_which_file_cannot_be_opened()
    {
        var state = NotifierHost.StateOf(_volume);
        var file = Path.Combine(state, "benchmark.db");
        Directory.CreateDirectory(file);
        var database = new RunDatabase(new StateOptions { Directory = state }, new NotifierOptions());

        var open = () => database.OpenAsync(default);

        var thrown = await open.Should().ThrowAsync<DbException>();
        thrown.Which.Message.Should().Contain($"{file} (BENCHMARK_STATE, --state)");
    }

    [Theory]
    [InlineData("57P01", "an administrator restarts the server")]
    [InlineData("57P02", "another process of the server has crashed")]
    [InlineData("57P03", "the server is starting")]
    [InlineData("53300", "too many connections")]
    [InlineData("40P01", "deadlock")]
    public void Tries_again_what_postgresql_gets_over(string state, string what) =>
        Transient.Is(new Npgsql.PostgresException(what, "FATAL", "FATAL", state)).Should().BeTrue(what);

    [Fact]
    public void Tries_again_what_passes_by_itself_and_only_that()
    {
        var busy = new SqliteException("database is locked", 5);
        var duplicate = new SqliteException("constraint failed", 19);

        Transient.Is(busy).Should().BeTrue();
        Transient.Is(new EventExecutionException("the step", busy))
            .Should().BeTrue("MassTransit wraps what a step throws");
        Transient.Is(new Npgsql.NpgsqlException("broken", new IOException())).Should().BeTrue();
        Transient.Is(duplicate).Should().BeFalse();
        Transient.Is(new InvalidOperationException()).Should().BeFalse();
    }

    public void Dispose() => _volume.Dispose();

    /// <summary>Lies on a volume that answers at the third try.</summary>
    private sealed class StumblingRegistry : IRegistry
    {
        private readonly FixedRegistry _registry = new();
        private int _tries;

        public ModelRegistry Current => _registry.Current;

        public ModelRegistry Pin() => _registry.Pin();

        public ModelRegistry Pinned(string? sha256) =>
            ++_tries < 3 ? throw new IOException("Stale file handle") : _registry.Pinned(sha256);
    }

    private sealed class UnreadableRegistry : IRegistry
    {
        public ModelRegistry Current => throw Unreadable();

        public ModelRegistry Pin() => throw Unreadable();

        public ModelRegistry Pinned(string? sha256) => throw Unreadable();

        private static RegistryException Unreadable() =>
            new([new RegistryProblem { Where = "models.yaml", Problem = "It is empty." }]);
    }
}
