using Benchmark.Contracts;
using Benchmark.Tests.Support;
using Xunit.Abstractions;

namespace Benchmark.Fetcher.Tests.Snowflake;

/// <summary>
/// What the driver was seen to do without an error, and what else may happen to rows between a source and a file.
/// </summary>
public sealed class Losing_data_on_the_way(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 120;

    // What a value must never be called in a message.
    private const string Damaged = "D4M4G3D,\"";

    private static readonly (string Name, Action<List<string?[]>, Random> Do)[] s_faults =
    [
        ("the end is cut", (rows, random) => rows.RemoveRange(rows.Count - 5, random.Next(1, 6))),
        ("a chunk is short", (rows, random) => rows.RemoveRange(random.Next(Rows - 20), random.Next(1, 20))),
        ("everything is lost", (rows, _) => rows.Clear()),
        ("a chunk has rows of an earlier one", (rows, random) =>
        {
            var (from, count) = (random.Next(20), random.Next(1, 20));
            for (var i = 0; i < count; i++)
                rows[60 + i] = [.. rows[from + i]];
        }),
        ("a row comes twice", (rows, random) => rows.Add([.. rows[random.Next(Rows)]])),
        ("a whole number is another", (rows, random) =>
            Change(rows, random, 0, value => $"{long.Parse(value, Invariant) + random.Next(1, 9)}")),
        ("a decimal's last digit is another", (rows, random) =>
            Change(rows, random, 1, value => value[..^1] + (char)('0' + (value[^1] - '0' + 1) % 10))),
        ("a decimal is empty", (rows, random) => Change(rows, random, 1, _ => "")),
        ("a decimal is no number", (rows, random) => Change(rows, random, 1, value => "x" + value[1..])),
        ("a float is another", (rows, random) =>
            Change(rows, random, 2, value => (double.Parse(value, Invariant) + 1e-6).ToString("E16", Invariant))),
        ("a float's last digit is another", (rows, random) =>
            Change(rows, random, 2, value => value[..17] + (char)('0' + (value[17] - '0' + 1) % 10) + value[18..])),
        ("a float is no number", (rows, random) => Change(rows, random, 2, _ => Damaged)),
        ("a text is shorter", (rows, random) => Change(rows, random, 3, value => value[..^1])),
        ("a text has another letter", (rows, random) =>
            Change(rows, random, 3, value => value[..^1] + (value[^1] == 'x' ? 'y' : 'x'))),
        ("a flag is another", (rows, random) => Change(rows, random, 4, value => value == "true" ? "false" : "true")),
        ("a flag is neither", (rows, random) => Change(rows, random, 4, _ => Damaged)),
        ("a date is none", (rows, random) => Change(rows, random, 5, _ => Damaged)),
        ("a date is another", (rows, random) => Change(
            rows, random, 5, value => DateOnly.Parse(value, Invariant).AddDays(1).ToString("yyyy-MM-dd", Invariant))),
        ("a time is a microsecond off", (rows, random) =>
            Change(rows, random, 6, value => value[..25] + (char)('0' + (value[25] - '0' + 1) % 10) + value[26..])),
        ("a time is a tenth of a microsecond off", (rows, random) =>
            Change(rows, random, 6, value => value[..26] + (char)('0' + (value[26] - '0' + 1) % 10) + value[27..])),
        ("a time is finer than any", (rows, random) => Change(rows, random, 6, value => value[..^1] + '1')),
        ("a time is none", (rows, random) => Change(rows, random, 6, _ => Damaged)),
        ("a time of day is another", (rows, random) =>
            Change(rows, random, 8, value => value[..14] + (char)('0' + (value[14] - '0' + 1) % 10) + value[15..])),
        ("a time of day is none", (rows, random) => Change(rows, random, 8, _ => Damaged)),
        ("a time with an offset has another", (rows, random) =>
            Change(rows, random, 9, value => value[..^5] + "06:30")),
        ("a time with an offset is none", (rows, random) => Change(rows, random, 9, _ => Damaged)),
        ("bytes are none", (rows, random) => Change(rows, random, 7, _ => Damaged)),
        ("a whole number is none", (rows, random) => Change(rows, random, 0, _ => Damaged)),
        ("bytes are others", (rows, random) =>
            Change(rows, random, 7, value => Convert.ToBase64String([.. Convert.FromBase64String(value)[..^1], 255]))),
        ("a value is lost", (rows, random) => rows[random.Next(Rows)][random.Next(10)] = null),
    ];

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private readonly TempVolume _volume = new();
    private readonly StandIn _snowflake = new();

    [Fact(Timeout = 300_000)]
    public async Task Is_never_missed()
    {
        const int rounds = 5;
        var random = Seed.Random();
        await using var fetcher = await StartAsync();
        var (injected, missed) = (0, new List<string>());

        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, fault) in s_faults)
            {
                _snowflake.OnTheWire = rows => fault(rows, random);
                var run = Guid.NewGuid();
                await fetcher.PublishAsync(Sources.Request with { RunId = run });
                injected++;
                if (!await IsRefusedAsync(fetcher, run))
                    missed.Add(name);
            }
        }

        output.WriteLine($"injected {injected}, caught {injected - missed.Count}, missed {missed.Count}");
        injected.Should().Be(rounds * s_faults.Length);
        missed.Should().BeEmpty();
        fetcher.Seen<ModelFetchFailed>().Should().HaveCount(injected)
            .And.AllSatisfy(failed => failed.Refresh.Reason.Should().Contain("3 times in a row.")
                .And.NotContain("D4M4G3D"));
        _volume.StagingArea().Should().BeEmpty();
    }

    [Fact]
    public async Task Is_made_good_by_reading_again_when_it_happens_once()
    {
        var reads = 0;
        _snowflake.OnTheWire = rows =>
        {
            if (++reads == 1)
                rows.RemoveAt(7);
        };
        await using var fetcher = await StartAsync();

        var staged = await fetcher.AskAsync<ModelStaged>(Sources.Request);

        staged.Rows.Should().Be(Rows);
        File.ReadLines(_volume.Staged().Data).Should().HaveCount(Rows + 1);
        reads.Should().Be(2);
    }

    [Fact]
    public async Task Is_reported_with_column_expected_and_got()
    {
        _snowflake.OnTheWire = rows => rows[3][3] += "é😀";
        await using var fetcher = await StartAsync();

        var failed = await fetcher.AskAsync<ModelFetchFailed>(Sources.Request);

        failed.Refresh.Reason.Should().EndWith(
            "Column 'GRADE': the sum of text lengths is 600 in the source, but 602 in what was read.");
        failed.Refresh.Hint.Should().Contain("no random()");
    }

    public void Dispose()
    {
        _snowflake.Dispose();
        _volume.Dispose();
    }

    private static void Change(List<string?[]> rows, Random random, int column, Func<string, string> change)
    {
        var row = rows[random.Next(Rows)];
        row[column] = change(row[column]!);
    }

    private static async Task<bool> IsRefusedAsync(FetcherHost fetcher, Guid run)
    {
        var refused = fetcher.Harness.Published.Any<ModelFetchFailed>(message => message.Context.Message.RunId == run);
        var staged = fetcher.Harness.Published.Any<ModelStaged>(message => message.Context.Message.RunId == run);
        return await await Task.WhenAny(refused, staged) && await Task.WhenAny(refused, staged) == refused;
    }

    private Task<FetcherHost> StartAsync()
    {
        _snowflake.Execute(
            $"""
            create table model_x as select
              (i * 7919)::bigint as ID, (i * 1.0625)::decimal(38,10) as AMOUNT, i / 7.0::double as SCORE,
              'gra' || lpad((i % 26)::varchar, 2, '0') as GRADE, i % 3 = 0 as OK,
              date '2024-01-01' + i::integer as OPENED,
              timestamp '2024-01-01 00:00:00' + to_microseconds(i * 999983) as SEEN, encode('raw' || i) as RAW,
              time '00:00:00' + to_microseconds(i * 999983) as DAYTIME,
              timestamptz '2024-01-01 00:00:00+00' + to_microseconds(i * 999983) as ZONED
            from range({Rows}) r(i)
            """);
        var model = Sources.Table("MODEL_X") with { Source = "snowflake", Key = ["ID"] };
        return FetcherHost.StartAsync(
            _volume.Layout, Sources.Registry(StandIn.Source, model), configure: _snowflake.Install);
    }
}
