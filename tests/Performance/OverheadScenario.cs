using Benchmark.EndToEnd.Tests;
using Benchmark.Tests.Support;

namespace Benchmark.Performance;

/// <summary>
/// What the pipeline itself costs for each model: five processes (this one is the Scheduler), a real broker, a DuckDB
/// table of 3 rows behind every model.
/// </summary>
internal static class OverheadScenario
{
    private static readonly int[] s_sizes = [100, 1_000, 10_000];
    private static readonly string[] s_services = ["Fetcher", "Validator", "Publisher", "Notifier"];

    public static async Task<Table> MeasureAsync(IReadOnlyList<int> sizes)
    {
        var table = new Table(
            ["models", "seconds", "ms/model", "messages", .. s_services.Append("RabbitMQ")
                .Select(name => $"{name}, CPU ms/model")]);
        await using var server = await RabbitServer.StartAsync("collect_statistics_interval = 1000");
        foreach (var models in sizes is [] ? s_sizes : sizes)
            table.Add(await MeasureAsync(server, models));
        return table;
    }

    private static async Task<IReadOnlyList<string>> MeasureAsync(RabbitServer server, int models)
    {
        await using var site = await Site.CreateAsync(server);
        site.Warehousing("create table t as select range as id from range(3)");
        site.Registers(
            [.. Installation.WarmUp("t"), .. Enumerable.Range(0, models).Select(i => $"model_{i}: {{table: t}}")]);
        var processes = await site.StartAsync(s_services);
        await using var installation = await Installation.ConnectAsync(site);
        var before = Times();
        var messagesBefore = await MessagesAsync();

        var elapsed = await installation.RefreshAsync();

        var used = Times().Zip(before, (after, start) => (after - start).TotalMilliseconds / models);
        return
        [
            Table.Number(models), Table.Number(elapsed.TotalSeconds, 1),
            Table.Number(elapsed.TotalMilliseconds / models, 1),
            Table.Number(await MessagesAsync() - messagesBefore), .. used.Select(time => Table.Number(time, 1)),
        ];

        TimeSpan[] Times() => [.. processes.Select(process => process.ProcessorTime), server.ProcessorTime];

        // What queues gave to consumers. The broker counts once a second, later when it is busy: until looks agree.
        async Task<long> MessagesAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(3));
            var (seen, looks) = (-1L, 0);
            while (looks < 3)
            {
                var vhost = await server.Management.GetAsync($"vhosts/{site.VirtualHost}");
                var count = vhost?["message_stats"]?["deliver_get"]?.GetValue<long>() ?? 0;
                looks = count == seen ? looks + 1 : 0;
                seen = count;
                await timer.WaitForNextTickAsync();
            }
            return seen;
        }
    }
}
