using System.Text.Json.Nodes;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Runs;
using Benchmark.Scheduler;
using Benchmark.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Benchmark.EndToEnd.Tests;

/// <summary>
/// An installation with two replicas of each service, a broker and a mail server of its own, and many tiny models.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Models = 200;

    /// <summary>Every fourth model's table never changes.</summary>
    public const int NeverChanging = Models / 4;

    private readonly PostgresServer _postgres = new();
    private int _round;

    private Cluster(Site site)
    {
        Site = site;
        site.Environment["SMTP_URI"] = $"smtp://127.0.0.1:{Mail.Port}";
        Sql("create table thing (id integer primary key); "
            + "insert into thing with recursive n(i) as (select 1 union all select i + 1 from n where i < 20) select "
            + "i from n;"
            + "create table month (value integer); insert into month values (0);");
        Register();
        Volume = new VolumeLayout(site.OnVolume(""));
        Paths = [.. Enumerable.Range(0, Models).Select(model => Volume.Model("vs", Name(model)))];
        Replicas = [.. new[] { "Fetcher", "Validator", "Publisher", "Notifier" }
            .SelectMany(service => new[] { new Replica(site, service), new Replica(site, service) })];
    }

    public Site Site { get; }

    public SmtpServer Mail { get; } = SmtpServer.Start();

    public VolumeLayout Volume { get; }

    public IReadOnlyList<ModelPaths> Paths { get; }

    public IReadOnlyList<Replica> Replicas { get; }

    /// <summary>The databases that the Notifiers write runs down in, one after the other: null is SQLite.</summary>
    public IReadOnlyList<string?> Databases => [null, _postgres.ConnectionString];

    private string Schedule => $"{_round % 60} {_round / 60 % 24} * * *";

    public static async Task<Cluster> StartAsync()
    {
        // Numbers of the dashboard that are not seconds old.
        var broker = await RabbitServer.StartAsync("collect_statistics_interval = 500");
        var cluster = new Cluster(await Site.CreateAsync(broker));
        await Site.UntilAsync("every replica consumes", async () =>
            (await broker.Management.GetAsync(
                $"consumers/{cluster.Site.VirtualHost}"))!.AsArray().Count == cluster.Replicas.Count);
        return cluster;
    }

    /// <summary>A month goes by: three of four tables change, and a slot is due that never was before.</summary>
    public void NextMonth()
    {
        // A schedule that is new to the memory waits for its next slot; without a memory, the last one is due.
        Posix.TryUnlink(Volume.EmittedSlots);
        _round++;
        Sql($"update month set value = {_round}");
        Register();
    }

    /// <summary>Lets the Scheduler emit what is due; until it says that it has, as a CronJob's back-off does.</summary>
    /// <returns>The run.</returns>
    public async Task<Guid> EmitAsync(Func<ChildProcess, Task> meanwhile)
    {
        using (var first = Site.Run("Benchmark.Scheduler", "--once"))
        {
            await meanwhile(first);
            if (await first.ExitAsync() == 0)
                return Slot().RunIn(Installation.IdOf(new VolumeLayout(Site.OnVolume(""))));
        }
        using var second = Site.Run("Benchmark.Scheduler", "--once");
        var exitCode = await second.ExitAsync();
        exitCode.Should().Be(0, "nobody kills it this time\n{0}", second.Output);
        return Slot().RunIn(Installation.IdOf(new VolumeLayout(Site.OnVolume(""))));
    }

    /// <summary>Has the Notifiers write to another database from now on.</summary>
    public async Task UseAsync(string? database)
    {
        Site.Environment["BENCHMARK_DATABASE"] = database ?? "";
        foreach (var notifier in Replicas.Where(replica => replica.Service == "Notifier"))
            await notifier.RestartAsync();
    }

    public RunStore Runs(string? database) =>
        new(new RunDatabase(
            new StateOptions { Directory = Site.InDirectory("state") }, new NotifierOptions { Database = database }));

    /// <summary>The queues of this installation, as the dashboard lists them.</summary>
    public async Task<IReadOnlyList<(string Name, int Messages)>> QueuesAsync() =>
        [.. (await Site.Server.Management.GetAsync($"queues/{Site.VirtualHost}"))!.AsArray()
            .Select(queue => (queue!["name"]!.GetValue<string>(), (int?)queue["messages"] ?? -1))];

    /// <summary>The first message of a queue with what MassTransit says of it.</summary>
    public async Task<JsonNode> FirstAsync(string queue) =>
        (await Site.Server.Management.GetAsync(Site.VirtualHost, queue, count: 1))[0];

    /// <summary>What is where, for whoever has to find out why it does not go on.</summary>
    public async Task<IReadOnlyList<string>> DescribeAsync(IEnumerable<(string? Database, Guid RunId)> runs)
    {
        var lines = new List<string>();
        foreach (var (database, runId) in runs)
        {
            var models = (await Runs(database).FindAsync(runId))?.Models ?? [];
            lines.Add($"run {runId}: {string.Join(", ", models.CountBy(model => $"{model.Stage} {model.Outcome}"))}");
        }
        if (await Site.Server.Management.IsUpAsync(CancellationToken.None))
            lines.AddRange(
                (await Site.Server.Management.GetAsync($"queues/{Site.VirtualHost}"))!.AsArray().Select(queue =>
                $"{queue!["name"]}: {queue["messages_ready"]} ready, {queue["messages_unacknowledged"]} "
                + "unacknowledged, "
                + $"{queue["consumers"]} consumers"));
        lines.AddRange(
            Replicas.SelectMany(replica => replica.Complaints).Select(line => line[..Math.Min(line.Length, 700)]));
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Site.DisposeAsync();
        }
        finally
        {
            // Also when the broker is down, and its virtual host cannot be removed: nothing stays behind.
            await Site.Server.DisposeAsync();
            await Mail.DisposeAsync();
            _postgres.Dispose();
        }
    }

    private static string Name(int model) => $"m{model:000}";

    private Slot Slot() => new()
    {
        Schedule = $"{Schedule} UTC",
        At = VolumeJson.Read<Dictionary<string, DateTimeOffset>>(Volume.EmittedSlots)[$"{Schedule} UTC"],
        Models = [],
    };

    // Another schedule each month: the memory of emitted slots does not know it yet. Replaced whole, for it is being
    // read.
    private void Register()
    {
        var models = Enumerable.Range(0, Models).Select(model => model % 4 == 0
            ? $"      {Name(model)}: {{query: 'select id, {model} as month from thing'}}"
            : $"      {Name(model)}: {{query: 'select id, value as month from thing, month', columns: {{month: "
            + $"{{drift: off}}}}}}");
        File.WriteAllText(Site.InDirectory("models.new"), $$"""
            version: 1
            defaults:
              schedule: "{{Schedule}}"
              source: warehouse
              notify: {email: [team@bank.example]}
            sources:
              warehouse: {kind: sqlite, connection: "Data Source={{Site.InDirectory("source.db")}}"}
            value_streams:
              vs:
                models:
            {{string.Join('\n', models)}}

            """);
        File.Move(Site.InDirectory("models.new"), Site.InDirectory("models.yaml"), overwrite: true);
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Site.InDirectory("source.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
