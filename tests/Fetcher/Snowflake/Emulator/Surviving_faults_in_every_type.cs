using System.Globalization;
using System.Text;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using Xunit.Abstractions;

namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>
/// Every fault of the wire in a column of every type, once and each time: what is published is right, byte for byte, or
/// it is nothing. The table is printed.
/// </summary>
[NeedsSnowflakeDriver]
public sealed class Surviving_faults_in_every_type(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Scan = "RESULT_SCAN";

    // The middle of five: an end that is reached too early is another matter.
    private const int Chunk = 2;

    private static readonly (string Name, string Value)[] s_types =
    [
        ("integer", "(i * 7919)::bigint"),
        ("decimal", "(i * 1.0625)::decimal(38,10)"),
        ("float", "i / 7.0::double"),
        ("boolean", "i % 3 = 0"),
        ("text", "'grade é😀 ' || i"),
        ("date", "date '2024-01-01' + i::integer"),
        ("time", "time '00:00:00' + to_microseconds(i * 999983)"),
        ("timestamp", "timestamp '2024-01-01 00:00:00' + to_microseconds(i * 999983)"),
        ("timestamp_tz", "timestamptz '2024-01-01 00:00:00+00' + to_microseconds(i * 999983)"),
        ("binary", "encode('raw' || i)"),
    ];

    private static readonly Fault[] s_mendedByTheDriver = [Fault.ChunkCut, Fault.ChunkTruncated];

    private static readonly Fault[] s_silent =
        [Fault.InlineRowLost, Fault.ValueAltered, Fault.ChunkShort, Fault.ChunkEmpty, Fault.ChunkDamaged];

    private readonly TempVolume _volume = new();
    private SnowflakeEmulator _snowflake = null!;

    public async Task InitializeAsync()
    {
        _snowflake = await SnowflakeEmulator.StartAsync();
        var columns = string.Join(", ", s_types.Select(type => $"{type.Value} as {type.Name}_c"));
        _snowflake.Results.Execute($"create table model_x as select {columns}, i::bigint as ID from range(60) r(i)");
    }

    public async Task DisposeAsync()
    {
        await _snowflake.DisposeAsync();
        _volume.Dispose();
    }

    [Fact(Timeout = 900_000)]
    public async Task Publishes_the_right_bytes_or_nothing()
    {
        var registry = Sources.Registry(
            StandIn.Source with { Connection = _snowflake.ConnectionString, AllowPassword = true },
            [.. s_types.Select(type => Models.Named("value_stream_1", type.Name) with
            {
                Source = "snowflake",
                Query = $"select {type.Name}_c, ID from model_x",
                Table = null,
                Key = ["ID"],
            })]);
        var table = new StringBuilder("type           fault            once       each time\n");
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);

        foreach (var (type, _) in s_types)
        {
            var right = await FetchAsync(registry, type);
            foreach (var fault in (Fault[])[.. s_mendedByTheDriver, .. s_silent])
            {
                var once = Outcome(right, await FetchAsync(registry, type, fault, times: 1));
                var eachTime = s_silent.Contains(fault)
                    ? Outcome(right, await FetchAsync(registry, type, fault, Faults.ForEver)) : "-";
                table.AppendLine(CultureInfo.InvariantCulture, $"{type,-14} {fault,-16} {once,-10} {eachTime}");
                foreach (var outcome in new[] { once, eachTime })
                    counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
            }
        }

        counts.Remove("-");
        var sum = string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
        table.AppendLine(CultureInfo.InvariantCulture, $"injected {counts.Values.Sum()}: {sum}");
        output.WriteLine(table.ToString());
        await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "snowflake-faults.txt"), table.ToString());
        counts.Should().BeEquivalentTo(new Dictionary<string, int>
        {
            ["survived"] = s_types.Length * (s_mendedByTheDriver.Length + s_silent.Length),
            ["told"] = s_types.Length * s_silent.Length,
        });
    }

    private static string Outcome(string right, string got) =>
        got == right ? "survived"
        : got.Contains("3 times in a row", StringComparison.Ordinal) ? "told" : $"WRONG {got}";

    // The file, or why there is none.
    private async Task<string> FetchAsync(ModelRegistry registry, string type, Fault fault = default, int times = 0)
    {
        var run = Guid.NewGuid();
        _snowflake.Faults.Plan(fault, times, Scan, fault is Fault.InlineRowLost or Fault.ValueAltered ? 0 : Chunk);
        await using var fetcher = await FetcherHost.StartAsync(_volume.Layout, registry);
        var struck = _snowflake.Faults.Struck(fault);
        await fetcher.PublishAsync(Sources.Request with { RunId = run, Model = type });
        var staged = fetcher.Harness.Published.Any<ModelStaged>();
        var failed = fetcher.Harness.Published.Any<ModelFetchFailed>();
        await Task.WhenAny(staged, failed);
        (_snowflake.Faults.Struck(fault) - struck).Should()
            .BeGreaterThanOrEqualTo(Math.Min(times, 3), $"{fault} strikes");
        _snowflake.Faults.Plan(fault, times: 0);
        return fetcher.Seen<ModelFetchFailed>() is [var refused]
            ? refused.Refresh.Reason!
            : await File.ReadAllTextAsync(_volume.Layout.Model("value_stream_1", type).Staging(run, 1).Data);
    }
}
