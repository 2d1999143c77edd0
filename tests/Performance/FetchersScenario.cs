using Benchmark.EndToEnd.Tests;
using Benchmark.Tests.Support;

namespace Benchmark.Performance;

/// <summary>
/// How a run gets faster with more Fetchers when the source takes 200 ms for each query, as a warehouse does: 300
/// models of 3 rows, each Fetcher with the concurrency that the registry allows it.
/// </summary>
internal static class FetchersScenario
{
    private const int Size = 300;
    private const double SecondsPerQuery = 0.2;

    public static async Task<Table> MeasureAsync(IReadOnlyList<int> sizes)
    {
        var models = sizes is [var size, ..] ? size : Size;
        var table = new Table("Fetchers", "max_concurrent_fetches", "seconds", "speed-up", "queries alone, seconds");
        await using var server = await RabbitServer.StartAsync();
        using var source = new PostgresServer();
        source.Execute(FormattableString.Invariant($"""
            create view quick as select id from generate_series(1, 3) as id;
            create view slow as
            with wait as materialized (select pg_sleep({SecondsPerQuery}))
            select id from wait, generate_series(1, 3) as id
            """));
        var first = double.NaN;
        // One query at a time each: what more processes give, not what two cores of this machine can take. Then what is
        // usual.
        foreach (var (fetchers, limit) in new[] { (1, 1), (2, 1), (4, 1), (4, 4) })
        {
            var seconds = (await RefreshAsync(server, source, models, fetchers, limit)).TotalSeconds;
            if (double.IsNaN(first))
                first = seconds;
            table.Add(
                $"{fetchers}", $"{limit}", Table.Number(seconds, 1), Table.Number(first / seconds, 2),
                Table.Number(models * SecondsPerQuery / (fetchers * limit), 1));
        }
        return table;
    }

    private static async Task<TimeSpan> RefreshAsync(
        RabbitServer server, PostgresServer source, int models, int fetchers, int limit)
    {
        await using var site = await Site.CreateAsync(server);
        site.RegistersFrom(
            $"kind: postgres, connection: \"{source.ConnectionString}\", max_concurrent_fetches: {limit}",
            [.. Installation.WarmUp("quick"), .. Enumerable.Range(0, models)
                .Select(i => $"model_{i}: {{table: slow}}")]);
        await site.StartAsync([.. Enumerable.Repeat("Fetcher", fetchers), "Validator", "Publisher", "Notifier"]);
        await using var installation = await Installation.ConnectAsync(site);
        return await installation.RefreshAsync();
    }
}
