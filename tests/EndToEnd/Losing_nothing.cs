using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Runs;
using Benchmark.Tests.Support;
using Xunit.Abstractions;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[NeedsPostgreSql]
public sealed class Losing_nothing(ITestOutputHelper output)
{
    // A Notifier killed while it sends keeps the delivery to itself for five minutes.
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(6);

    // The runner shows a test's words only when it fails: CI prints this file.
    private static readonly string s_numbers = Path.Combine(AppContext.BaseDirectory, "losing-nothing.txt");

    private readonly KillTally _total = new();
    private readonly List<(string? Database, Guid RunId)> _runs = [];

    [Fact(Timeout = 2 * 60 * 60_000)]
    public async Task Accounts_for_every_model_and_reports_every_run_whatever_is_killed()
    {
        var time = TimeSpan.FromMinutes(Number("BENCHMARK_KILL_MINUTES") ?? 1.5);
        File.Delete(s_numbers);
        Say($"{Seed.Variable}={Seed.Value}");
        await using var cluster = await Cluster.StartAsync();
        var killer = new Killer(cluster, Seed.Random());

        try
        {
            for (var round = 0; round < cluster.Databases.Count || _total.Time < time; round++)
                await PlayAsync(
                    cluster, cluster.Databases[round % cluster.Databases.Count], round, killer.MeetAsync,
                    killer.RampageAsync);
            await RequireReportsAsync(cluster);
        }
        catch (Exception e)
        {
            // Here, too: what is taken down after it may fail for the same cause, and hide it.
            output.WriteLine(e.ToString());
            foreach (var line in await cluster.DescribeAsync(_runs))
                output.WriteLine(line);
            throw;
        }
        _total.DuplicatedReports = cluster.Mail.Mails.Count - _runs.Count;
        Say($"total: {_total}");
        cluster.Mail.Mails.Select(mail => mail.MessageId).Distinct().Should().HaveCount(
            _runs.Count, "a report that comes twice is seen as one");
        _total.DuplicatedReports.Should().BeLessThanOrEqualTo(
            _total.Kills.GetValueOrDefault("notifier"), "only a Notifier that is killed while it sends repeats itself");
    }

    [Fact(Timeout = 600_000)]
    public async Task Accounts_for_every_model_while_every_service_is_updated()
    {
        await using var cluster = await Cluster.StartAsync();

        await PlayAsync(cluster, database: null, number: 0, (_, _) => Task.CompletedTask, async _ =>
        {
            foreach (var replica in cluster.Replicas)
                await replica.RestartAsync();
        });

        await RequireReportsAsync(cluster);
        cluster.Mail.Mails.Should().ContainSingle();
    }

    private async Task PlayAsync(
        Cluster cluster, string? database, int number,
        Func<ChildProcess, KillTally, Task> meet, Func<KillTally, Task> disturb)
    {
        var started = TimeProvider.System.GetTimestamp();
        var tally = new KillTally { Runs = 1, Models = Cluster.Models };
        if (number > 0)
            await cluster.UseAsync(database);
        var reader = new Reader(cluster.Paths);
        reader.Start();
        cluster.NextMonth();

        var runId = await cluster.EmitAsync(scheduler => meet(scheduler, tally));
        _runs.Add((database, runId));
        await disturb(tally);
        var run = await RestAsync(cluster, cluster.Runs(database), runId);

        reader.Stop();
        tally.Reads = reader.Reads;
        tally.Lost = Cluster.Models - run.Published - run.Unchanged;
        tally.Time = TimeProvider.System.GetElapsedTime(started);
        _total.Add(tally);
        _total.DuplicatedVersions = tally.DuplicatedVersions = cluster.Paths.Sum(VersionLedger.Duplicates);
        _total.LeftOvers = tally.LeftOvers = cluster.Paths.Sum(model => VersionLedger.LeftOvers(model).Count());
        Say($"round {number + 1} on {(database is null ? "SQLite" : "PostgreSQL")}: {tally}");
        RequireOrder(cluster, run, reader, unchanged: number == 0 ? 0 : Cluster.NeverChanging);
    }

    private static async Task<RunSummary> RestAsync(Cluster cluster, RunStore runs, Guid runId)
    {
        RunSummary? run = null;
        await Site.UntilAsync("the run is closed", async () =>
        {
            foreach (var replica in cluster.Replicas)
                replica.RequireAlive();
            run = await runs.FindAsync(runId);
            return run?.ClosedAt is not null;
        }, TimeSpan.FromMinutes(4));
        await Site.UntilAsync("nothing is on its way", async () =>
            (await cluster.QueuesAsync()).All(queue => queue.Messages == 0 || IsError(queue.Name)),
            TimeSpan.FromMinutes(4));
        foreach (var (name, messages) in (await cluster.QueuesAsync()).Where(queue => queue.Messages != 0))
            messages.Should().Be(0, "nothing is wrong in {0}: {1}", name, await cluster.FirstAsync(name));
        return run!;
    }

    private static void RequireOrder(Cluster cluster, RunSummary run, Reader reader, int unchanged)
    {
        run.State.Should().Be(RunState.Completed);
        run.Models.Should().HaveCount(Cluster.Models);
        run.Models.Where(model => model.Outcome is not (Outcome.Published or Outcome.Unchanged)).Should().BeEmpty();
        run.Unchanged.Should().Be(unchanged);
        reader.HalfFiles.Should().BeEmpty();
        cluster.Paths.SelectMany(VersionLedger.Problems).Should().BeEmpty();
        cluster.Paths.Sum(VersionLedger.Duplicates).Should().Be(0);
        cluster.Paths.SelectMany(VersionLedger.LeftOvers).Should().OnlyContain(
            entry => entry.Contains("/.staging/") || entry.EndsWith(".tmp"), "the sweep knows what it may remove");
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        File.AppendAllText(s_numbers, line + "\n");
    }

    private async Task RequireReportsAsync(Cluster cluster)
    {
        foreach (var database in cluster.Databases)
        {
            await cluster.UseAsync(database);
            foreach (var (_, runId) in _runs.Where(run => run.Database == database))
                await Site.UntilAsync($"the report of run {runId} is sent", async () =>
                    await cluster.Runs(database).DeliveriesAsync(runId) is { Count: > 0 } deliveries
                    && deliveries.All(delivery => delivery.State == Delivery.Sent), s_claim);
        }
    }

    private static bool IsError(string queue) => queue.EndsWith("_error") || queue.EndsWith("_skipped");

    private static double? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
