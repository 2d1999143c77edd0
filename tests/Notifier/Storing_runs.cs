using System.Text.Json;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Pages.Runs;
using Benchmark.Notifier.Runs;
using Benchmark.Notifier.Saga;
using Benchmark.Notifier.Sweeps;
using Benchmark.Tests.Support;
using Npgsql;

namespace Benchmark.Notifier.Tests;

public sealed class Storing_runs_on_sqlite : Storing_runs, IDisposable
{
    private readonly TempVolume _volume = new();

    [Fact]
    public async Task Reading_creates_nothing()
    {
        var runs = new RunStore(Open());

        (await runs.FindAsync(Guid.NewGuid())).Should().BeNull();
        (await runs.ListAsync(10)).Should().BeEmpty();
        (await runs.DeliveriesAsync(Guid.NewGuid())).Should().BeEmpty();

        Directory.Exists(NotifierHost.StateOf(_volume)).Should().BeFalse();
    }

    public void Dispose() => _volume.Dispose();

    private protected override RunDatabase Open() =>
        new(new StateOptions { Directory = NotifierHost.StateOf(_volume) }, new NotifierOptions());
}

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Storing_runs_on_postgresql(PostgresServer server) : Storing_runs
{
    private readonly string _database = server.AddDatabase();

    [Fact]
    public async Task Reading_creates_nothing()
    {
        var runs = new RunStore(Open());

        (await runs.FindAsync(Guid.NewGuid())).Should().BeNull();
        (await runs.ListAsync(10)).Should().BeEmpty();
        (await runs.DeliveriesAsync(Guid.NewGuid())).Should().BeEmpty();

        (await TablesAsync()).Should().BeEmpty();
    }

    private protected override RunDatabase Open() =>
        new(new StateOptions(), new NotifierOptions { Database = _database });

    private async Task<IReadOnlyList<string>> TablesAsync()
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select tablename from pg_tables where schemaname = 'public'", connection);
        await using var row = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await row.ReadAsync())
            tables.Add(row.GetString(0));
        return tables;
    }
}

/// <summary>What every database must do. A subclass says how a process opens it.</summary>
public abstract class Storing_runs
{
    private static readonly DateTimeOffset s_now = NotifierHost.Start;
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Is_created_once_by_processes_that_start_together()
    {
        var processes = Enumerable.Range(0, 8).Select(_ => Open()).ToList();

        await Task.WhenAll(processes.Select(process => Task.Run(() => AddAsync(process, Guid.NewGuid(), s_now))));

        (await new RunStore(Open()).ListAsync(100)).Should().HaveCount(8);
    }

    [Fact]
    public async Task Gives_a_run_that_two_processes_add_at_once_to_one_after_the_other()
    {
        var runId = Guid.NewGuid();
        await AddAsync(Open(), Guid.NewGuid(), s_now);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => RaiseAsync(Open(), runId))));

        await using var transaction = await Open().BeginAsync(default);
        (await transaction.LockAsync(runId, default))!.Reason.Should().Be(
            "8", "no process overwrote what another had written");
    }

    [Fact]
    public async Task Forgets_what_was_not_committed()
    {
        var (database, runId) = (Open(), Guid.NewGuid());

        await using (var transaction = await database.BeginAsync(default))
        {
            await transaction.AddOrLockAsync(NewRun(runId, s_now), default);
            await transaction.Refreshes.ExpectAsync(runId, [Key("a")], default);
        }

        (await new RunStore(database).FindAsync(runId)).Should().BeNull();
    }

    [Fact]
    public async Task Keeps_every_fact_of_a_refresh()
    {
        var (database, runId) = (Open(), Guid.NewGuid());
        var drift = new WorstDrift { Column = "größe", Psi = 0.1 + 0.2, Band = Band.Moved };
        var refresh = new RefreshOutcome
        {
            ValueStream = "value_stream_1",
            Model = "a",
            Stage = Stage.Publish,
            Outcome = Outcome.Superseded,
            Version = 12,
            Rows = 5_000_000_000,
            Bytes = long.MaxValue,
            Warnings = 3,
            Reason = "it's\n'quoted'; -- \"twice\"",
            Hint = "hint",
            WorstDrift = drift,
        };

        await ChangeAsync(database, runId, run => run.RecordAsync(runId, Progress.Ended, refresh, s_now, default));

        (await new RunStore(database).FindAsync(runId))!.Models.Should().Equal(refresh);
    }

    [Fact]
    public async Task Knows_how_the_newest_refreshes_of_a_model_ended()
    {
        var (database, first, second, third) = (Open(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await EndAsync(database, first, "a", Outcome.Rejected, s_now);
        await EndAsync(database, second, "a", Outcome.Published, s_now + s_minute);
        await EndAsync(database, third, "a", Outcome.Failed, s_now + s_minute + s_minute);
        await EndAsync(database, third, "b", Outcome.Failed, s_now);

        var newest = await new RunStore(database).OfModelAsync(Key("a"), newest: 2);

        newest.Select(ended => (ended.Refresh.Outcome, ended.RunId)).Should().Equal(
            (Outcome.Failed, third), (Outcome.Published, second));
    }

    [Fact]
    public async Task Knows_how_the_last_refresh_of_each_model_ended()
    {
        var (database, first, second) = (Open(), Guid.NewGuid(), Guid.NewGuid());
        await EndAsync(database, first, "a", Outcome.Rejected, s_now);
        await EndAsync(database, second, "a", Outcome.Published, s_now + s_minute);
        await EndAsync(database, first, "b", Outcome.Failed, s_now + s_minute);
        await ChangeAsync(database, Guid.NewGuid(), run => ExpectAsync(run, "b"));

        var latest = await new RunStore(database).LatestAsync();

        latest.OrderBy(last => last.Refresh.Model)
            .Select(last => (last.Refresh.Model, last.Refresh.Outcome, last.RunId, last.EndedAt)).Should().Equal(
                ("a", Outcome.Published, second, s_now + s_minute),
                ("b", Outcome.Failed, first, s_now + s_minute));

        async Task<bool> ExpectAsync(RefreshRows run, string model)
        {
            await run.ExpectAsync(Guid.NewGuid(), [Key(model)], default);
            return true;
        }
    }

    [Fact]
    public async Task Says_whether_news_was_news()
    {
        var (database, runId) = (Open(), Guid.NewGuid());
        var staged = RefreshOutcomes.Of(new Events(runId).Staged("a"));
        var told = new Events(runId).Published("a").Refresh;

        (await ChangeAsync(database, runId, run => run.RecordAsync(runId, Progress.Staged, staged, s_now, default)))
            .Should().BeTrue();
        (await ChangeAsync(database, runId, run => run.RecordAsync(runId, Progress.Staged, staged, s_now, default)))
            .Should().BeFalse();
        (await ChangeAsync(database, runId, run => run.RecordAsync(runId, Progress.Ended, told, s_now, default)))
            .Should().BeTrue();
        (await ChangeAsync(database, runId, run => run.RecordAsync(runId, Progress.Ended, told, s_now, default)))
            .Should().BeFalse();
    }

    [Fact]
    public async Task Gives_whoever_follows_a_run_what_has_changed_since_the_last_look_and_no_more()
    {
        var (database, runId) = (Open(), Guid.NewGuid());
        var (events, runs) = (new Events(runId), new RunStore(database));
        var unknown = await runs.ChangesAsync(runId, 0);
        await ChangeAsync(database, runId, async run =>
        {
            await run.ExpectAsync(runId, [Key("a"), Key("b"), Key("c")], default);
            return true;
        });

        var first = await runs.ChangesAsync(runId, 0);
        var (published, staged) = (events.Published("b").Refresh, RefreshOutcomes.Of(events.Staged("b")));
        await ChangeAsync(database, runId, run => run.RecordAsync(runId, Progress.Ended, published, s_now, default));
        await ChangeAsync(database, runId, run => run.RecordAsync(runId, Progress.Staged, staged, s_now, default));
        var second = await runs.ChangesAsync(runId, first!.Last);
        var quiet = await runs.ChangesAsync(runId, second!.Last);
        await ChangeAsync(database, runId, async run =>
        {
            await run.MarkMissingAsync(runId, "deadline", s_now, default);
            return true;
        });
        var third = await runs.ChangesAsync(runId, quiet!.Last);

        unknown.Should().BeNull();
        first.Models.Select(model => model.Model).Should().BeEquivalentTo("a", "b", "c");
        second.Models.Should().Equal(published);
        quiet.Models.Should().BeEmpty();
        third!.Models.Select(model => (model.Model, model.Outcome)).Should().BeEquivalentTo(
            [("a", (Outcome?)Outcome.Missing), ("c", Outcome.Missing)]);
    }

    [Fact]
    public async Task Expects_more_models_than_fit_in_one_statement()
    {
        var (database, runId) = (Open(), Guid.NewGuid());
        var models = Enumerable.Range(0, 1001).Select(i => Key($"model_{i:D4}")).ToList();

        await ChangeAsync(database, runId, s_now, async transaction =>
        {
            await transaction.Refreshes.ExpectAsync(runId, [.. models, .. models], default);
            var some = new Audience(Delivery.Mail, "team@bank.example", Delivery.All, [.. models.Take(700)]);
            await transaction.Deliveries.AddAsync(runId, some, "id@bank", s_now, default);
            return true;
        });

        var runs = new RunStore(database);
        (await runs.FindAsync(runId))!.Models.Select(model => model.Name).Should().Equal(models);
        var report = (await runs.DeliveriesAsync(runId)).Should().ContainSingle().Subject;
        (await runs.FindAsync(report, default))!.Models.Should().HaveCount(700);
    }

    [Fact]
    public async Task Finds_a_run_by_the_beginning_of_its_id()
    {
        var database = Open();
        await AddAsync(database, Guid.Parse("aaaa1111-0000-0000-0000-000000000000"), s_now);
        await AddAsync(database, Guid.Parse("aaaa2222-0000-0000-0000-000000000000"), s_now);
        var runs = new RunStore(database);

        (await runs.FindAsync("AAAA1"))!.RunId.Should().Be(Guid.Parse("aaaa1111-0000-0000-0000-000000000000"));
        (await runs.FindAsync("bbbb")).Should().BeNull();
        (await runs.FindAsync("%")).Should().BeNull();
        await runs.Invoking(r => r.FindAsync("aaaa")).Should().ThrowAsync<ArgumentException>().WithMessage(
            "Several runs begin with 'aaaa': *aaaa2222*. Enter more of the id.");
    }

    [Theory]
    [InlineData(null, RunState.Running)]
    [InlineData("completed", RunState.Completed)]
    [InlineData("incomplete", RunState.Incomplete)]
    public async Task Says_a_run_s_state_in_the_words_that_programs_compare_with(string? stored, RunState state)
    {
        var (database, runId) = (Open(), Guid.NewGuid());
        await AddAsync(database, runId, s_now);

        await using (var connection = await database.OpenAsync(default))
            await connection.ExecuteAsync("update runs set state = @state", [("state", stored)], default);

        (await new RunStore(database).FindAsync(runId))!.State.Should().Be(state);
    }

    [Fact]
    public async Task Reads_a_word_of_a_newer_program_as_a_failure_that_names_it_and_keeps_it()
    {
        var (database, runId, runs) = (Open(), Guid.NewGuid(), new RunStore(Open()));
        await EndAsync(database, runId, "a", Outcome.Missing, s_now);
        await EndAsync(database, runId, "b", Outcome.Failed, s_now);
        await using var connection = await database.OpenAsync(default);
        await connection.ExecuteAsync("""
            update refreshes set outcome = 'quarantined', refresh = replace(refresh, '"missing"', '"quarantined"')
            where model = 'a'
            """, [], default);
        await connection.ExecuteAsync("update runs set state = 'parted', run_trigger = 'moon'", [], default);

        var run = (await runs.FindAsync(runId))!;
        var listed = (await new RunListings(database).NewestAsync(1, default)).Single();
        await RaiseAsync(database, runId);

        run.State.Should().Be(RunState.Incomplete);
        run.Trigger.Should().BeNull();
        run.Models.Select(model => model.Outcome).Should().Equal(Outcome.Failed, Outcome.Failed);
        run.Models[0].Reason.Should().StartWith("It ended as 'quarantined', a word that a newer Notifier wrote");
        listed.Outcomes.Should().Equal(new Dictionary<Outcome, int> { [Outcome.Failed] = 2 });
        (await runs.LatestAsync()).Should().HaveCount(2);
        (await runs.ChangesAsync(runId, 0))!.State.Should().Be(RunState.Incomplete);
        await using var stored = connection.Command(
            null, "select run_trigger, outcome from runs join refreshes using (run_id) where model = 'a'");
        await using var row = await stored.ExecuteReaderAsync();
        await row.ReadAsync();
        (row.GetString(0), row.GetString(1)).Should().Be(("moon", "quarantined"));
    }

    [Fact]
    public async Task Lists_the_newest_runs_first()
    {
        var database = Open();
        Guid[] runIds = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        foreach (var (i, runId) in runIds.Index())
            await AddAsync(database, runId, s_now.AddDays(i));

        var newest = await new RunStore(database).ListAsync(2);

        newest.Select(run => run.RunId).Should().Equal(runIds[2], runIds[1]);
    }

    [Fact]
    public async Task Lists_each_of_50_runs_with_its_own_models_and_no_others()
    {
        var database = Open();
        Guid[] runIds = [.. Enumerable.Range(0, 50).Select(_ => Guid.NewGuid())];
        foreach (var (i, runId) in runIds.Index())
        {
            await AddAsync(database, runId, s_now.AddDays(i / 2));
            await ChangeAsync(database, runId, async run =>
            {
                // None of the first, one of the second, …: a run without any event yet is listed, too.
                await run.ExpectAsync(runId, Enumerable.Range(0, i % 5).Select(n => Key($"model_{n}")), default);
                var published = new Events(runId).Published("model_0").Refresh;
                return i % 3 > 0 && await run.RecordAsync(runId, Progress.Ended, published, s_now, default);
            });
        }
        var runs = new RunStore(database);

        var listed = await runs.ListAsync(50);

        listed.Should().HaveCount(50);
        foreach (var run in listed)
            run.Should().BeEquivalentTo(await runs.FindAsync(run.RunId));
        listed.Select(run => run.StartedAt).Should().BeInDescendingOrder();
    }

    [Fact]
    public async Task Gives_an_overdue_run_to_one_process_a_minute()
    {
        var (here, there, runId) = (new DueWork(Open()), new DueWork(Open()), Guid.NewGuid());
        await AddAsync(Open(), runId, s_now);

        (await here.ClaimRunsAsync(s_now, s_now + s_minute, default)).Should().Equal((runId, s_now));
        (await there.ClaimRunsAsync(s_now, s_now + s_minute, default)).Should().BeEmpty();
        (await there.ClaimRunsAsync(s_now + s_minute, s_now + (2 * s_minute), default)).Should().Equal((runId, s_now));
    }

    [Fact]
    public async Task Gives_each_delivery_to_one_process()
    {
        var runId = Guid.NewGuid();
        await AddAsync(Open(), runId, s_now, deliveries: 40);
        var processes = Enumerable.Range(0, 4).Select(_ => new DueWork(Open())).ToList();

        var claimed = await Task.WhenAll(processes.Select(process => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await process.ClaimDeliveryAsync(Delivery.Mail, s_now, s_now + s_minute, default) is { } delivery)
                mine.Add(delivery.Team);
            return mine;
        })));

        claimed.SelectMany(mine => mine).Should().HaveCount(40).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Gives_a_delivery_again_when_its_claim_has_run_out()
    {
        var (due, runId) = (new DueWork(Open()), Guid.NewGuid());
        await AddAsync(Open(), runId, s_now, deliveries: 1);
        var first = await due.ClaimDeliveryAsync(Delivery.Mail, s_now, s_now + s_minute, default);

        var second = await due.ClaimDeliveryAsync(Delivery.Mail, s_now + s_minute, s_now + (2 * s_minute), default);
        // The first process was only slow: its failure must not undo the claim of the second.
        await due.RecordFailureAsync(first!, "too late", s_now, default);

        second!.Team.Should().Be(first!.Team);
        (await due.ClaimDeliveryAsync(Delivery.Mail, s_now + s_minute, s_now + (3 * s_minute), default))
            .Should().BeNull();
    }

    [Fact]
    public async Task Lists_what_was_not_delivered_of_any_run_newest_first()
    {
        var (due, database, runIds) = (new DueWork(Open()), Open(), new[] { Guid.NewGuid(), Guid.NewGuid() });
        await AddAsync(database, runIds[0], s_now, deliveries: 2);
        await AddAsync(database, runIds[1], s_now + s_minute, deliveries: 2);

        for (var i = 0; i < 3; i++)
        {
            var delivery = await due.ClaimDeliveryAsync(
                Delivery.Mail, s_now + s_minute, s_now + (2 * s_minute), default);
            await (i switch
            {
                0 => due.RecordSentAsync(delivery!, "mail: a", s_now, default),
                1 => due.RecordFailureAsync(delivery!, "not now", s_now + (9 * s_minute), default),
                _ => due.RecordFailureAsync(delivery!, "never", null, default),
            });
        }
        var undelivered = await new RunStore(database).UndeliveredAsync(10);

        // The one that nobody has tried yet is not there.
        undelivered.Select(delivery => (delivery.RunId, delivery.State, delivery.LastError)).Should().Equal(
            (runIds[1], Delivery.Dead, "never"), (runIds[0], Delivery.Pending, "not now"));
    }

    [Fact]
    public async Task Writes_a_run_as_the_json_that_other_programs_read()
    {
        var (database, runId) = (Open(), Guid.Parse("11111111-2222-3333-4444-555555555555"));
        await ChangeAsync(database, runId, async run =>
        {
            await run.ExpectAsync(runId, [Key("b")], default);
            return await run.RecordAsync(
                runId, Progress.Ended, new Events(runId).Published("a").Refresh, s_now, default);
        });

        var json = JsonSerializer.Serialize(await new RunStore(database).FindAsync(runId), VolumeJson.Options);

        json.Should().Be("""
            {
              "run_id": "11111111-2222-3333-4444-555555555555",
              "state": "running",
              "started_at": "2026-11-01T06:00:00Z",
              "published": 1,
              "unchanged": 0,
              "rejected": 0,
              "failed": 0,
              "missing": 0,
              "source_late": 0,
              "superseded": 0,
              "models": [
                {
                  "value_stream": "value_stream_1",
                  "model": "a",
                  "outcome": "published",
                  "stage": "publish",
                  "version": 7,
                  "rows": 1000,
                  "bytes": 20000,
                  "warnings": 0,
                  "worst_drift": {
                    "column": "score",
                    "psi": 0.125,
                    "band": "shifted"
                  }
                },
                {
                  "value_stream": "value_stream_1",
                  "model": "b",
                  "stage": "fetch",
                  "warnings": 0
                }
              ]
            }
            """);
    }

    /// <summary>The one database of this test, as another process would open it.</summary>
    private protected abstract RunDatabase Open();

    private static ModelKey Key(string model) => new() { ValueStream = Events.Stream, Model = model };

    private static RunSaga NewRun(Guid runId, DateTimeOffset at) =>
        new() { CorrelationId = runId, Phase = "Running", OpenedAt = at, Deadline = at };

    private static Task AddAsync(RunDatabase database, Guid runId, DateTimeOffset at, int deliveries = 0) =>
        ChangeAsync(database, runId, at, async transaction =>
        {
            for (var i = 0; i < deliveries; i++)
                await transaction.Deliveries.AddAsync(
                    runId, new Audience(Delivery.Mail, $"team{i}@bank.example", Delivery.All, []),
                    $"{runId}.{i}@bank", at, default);
            return true;
        });

    private static Task<T> ChangeAsync<T>(RunDatabase database, Guid runId, Func<RefreshRows, Task<T>> change) =>
        ChangeAsync(database, runId, s_now, transaction => change(transaction.Refreshes));

    private static Task<bool> EndAsync(
        RunDatabase database, Guid runId, string model, Outcome outcome, DateTimeOffset at) =>
        ChangeAsync(database, runId, run => run.RecordAsync(
            runId,
            Progress.Ended,
            new RefreshOutcome { ValueStream = Events.Stream, Model = model, Stage = Stage.Publish, Outcome = outcome },
            at,
            default));

    private static async Task<T> ChangeAsync<T>(
        RunDatabase database, Guid runId, DateTimeOffset at, Func<RunTransaction, Task<T>> change)
    {
        await using var transaction = await database.BeginAsync(default);
        await transaction.AddOrLockAsync(NewRun(runId, at), default);
        var result = await change(transaction);
        await transaction.CommitAsync(default);
        return result;
    }

    private static async Task RaiseAsync(RunDatabase database, Guid runId)
    {
        await using var transaction = await database.BeginAsync(default);
        var run = await transaction.LockAsync(runId, default)
            ?? await transaction.AddOrLockAsync(NewRun(runId, s_now), default);
        run.Reason = (int.Parse(run.Reason ?? "0", null) + 1).ToString(null as IFormatProvider);
        await transaction.SaveAsync(run, default);
        await transaction.CommitAsync(default);
    }
}
