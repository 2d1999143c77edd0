using System.Globalization;
using System.Numerics;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Tests.Support;
using CsCheck;

namespace Benchmark.Fetcher.Tests;

/// <summary>What every kind of source keeps: one set of tests, run against each.</summary>
public abstract class Reading_any_source : IDisposable
{
    private static readonly char[] s_odd = [',', '"', '\n', '\r', ' ', 'ä', '€', '\t', '\''];

    private static readonly Gen<string> s_text = Gen.OneOf(
            Gen.Char.AlphaNumeric.Select(c => $"{c}"), Gen.Int[0, s_odd.Length - 1].Select(i => $"{s_odd[i]}"),
            Gen.Int[0x1F300, 0x1F6FF].Select(char.ConvertFromUtf32))
        .Array[0, 12].Select(string.Concat);

    private static readonly Gen<Row> s_row = Gen.Select(
        Gen.Select(
            Gen.Long.Nullable(), Gen.OneOf(Gen.Double, Gen.Double[-1e6, 1e6].Select(value => Math.Round(value, 6)))
                .Nullable(), s_text.Null(), Gen.Bool.Nullable()),
        Gen.Select(
            Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber).Nullable(),
            Gen.Byte.Array[0, 9].Select(Convert.ToHexString).Null(),
            Gen.Select(Gen.Long, Gen.Long, Units).Nullable(),
            Gen.Long[0, DateTime.MaxValue.Ticks / 10].Select(us => new DateTime(us * 10)).Nullable()),
        (a, b) => new Row(a.Item1, a.Item2, a.Item3, a.Item4, b.Item1, b.Item2, b.Item3, b.Item4));

    protected TempVolume Volume { get; } = new();

    /// <summary>A query that gives another row each time it is run.</summary>
    protected static ModelDefinition NeverTheSame =>
        Sources.Query("select random() as n, 'x' as x") with { Reconcile = true };

    /// <summary>Whether the source itself keeps NaN and the sign of zero.</summary>
    protected virtual bool KeepsEveryDouble => true;

    /// <summary>The digits that forty amounts may have which the source itself is to add up.</summary>
    protected virtual int DigitsOfAmounts => 38;

    /// <summary>The name of the column n, by which rows are in order.</summary>
    protected virtual string Key => "n";

    [Theory(Timeout = 300_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keeps_every_value_and_gives_the_same_bytes_for_the_same_rows(bool reconcile) =>
        await s_row.Where(Holds).Select(Shortened).Array[0, 40].ForAllAsync(async rows =>
        {
            using var volume = new TempVolume();
            var source = Load(volume, rows);

            var (first, second) = await StageTwiceAsync(volume, source, reconcile);

            Rfc4180.Parse(first).Skip(1).Select(fields => Row.Read(fields[1..]).ToString())
                .Should().Equal(rows.Select(row => row.ToString()));
            second.Should().Equal(first, "same rows in, same bytes out");
        }, cases: 12);

    [Fact]
    public async Task Keeps_what_lies_at_the_ends()
    {
        Row[] rows =
        [
            new(long.MinValue, KeepsEveryDouble ? -0.0 : 0, "", false, DateOnly.MinValue, "", -Row.Most,
                DateTime.MinValue),
            new(long.MaxValue, double.MaxValue, "\"\"", true, DateOnly.MaxValue, "00FF", Row.Most,
                new DateTime(DateTime.MaxValue.Ticks / 10 * 10)),
            new(0, double.Epsilon, "NULL", null, new(1969, 12, 31), null, 0,
                new DateTime(1969, 12, 31, 23, 59, 59).AddTicks(9_999_990)),
            new(null, double.PositiveInfinity, "😀\r\n,", null, null, null, null, null),
            new(null, double.NegativeInfinity, null, null, null, null, null, null),
            .. KeepsEveryDouble ? [new Row(null, double.NaN, null, null, null, null, null, null)] : (Row[])[],
        ];

        var (first, _) = await StageTwiceAsync(Volume, Load(Volume, rows), reconcile: true);

        Rfc4180.Parse(first).Skip(1).Select(fields => Row.Read(fields[1..]).ToString())
            .Should().Equal(rows.Select(row => row.ToString()));
    }

    [Fact]
    public async Task Is_not_written_to()
    {
        var source = Load(Volume, [new(1, null, null, null, null, null, null, null)]);

        var failed = await AskAsync<ModelFetchFailed>(source, Sources.Query(Writing));

        failed.Refresh.Reason.Should().NotBeEmpty();
        (await AskAsync<ModelStaged>(source, Sources.Query("select id from t"), Guid.NewGuid())).Rows.Should().Be(1);
    }

    [Fact]
    public virtual async Task Says_that_a_query_does_not_give_the_same_rows_again_where_that_matters()
    {
        var source = Load(Volume, []);

        var failed = await AskAsync<ModelFetchFailed>(source, NeverTheSame);

        failed.Refresh.Reason.Should().Contain("Column 'n': the sum is ").And.Contain("in what was read");
        failed.Refresh.Hint.Should().Contain("no random()");
    }

    public virtual void Dispose()
    {
        Volume.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A query that would change something if it were let.</summary>
    protected abstract string Writing { get; }

    /// <summary>
    /// A table <c>t</c> with these rows: n, id, score, name, ok, day, raw, amount (28 digits and 10 decimals) and seen;
    /// what the source has no type for is text in the dialect's form.
    /// </summary>
    protected abstract SourceDefinition Load(TempVolume volume, Row[] rows);

    // DuckDB stores equal values that follow each other once, and 0 equals -0: the sign of zero is left to the ends.
    private bool Holds(Row row) => row.Score is not { } score
        || !(double.IsNegative(score) && score == 0 || double.IsNaN(score) && !KeepsEveryDouble);

    private Row Shortened(Row row) => row with { Units = row.Units % (Int128)BigInteger.Pow(10, DigitsOfAmounts) };

    private static Int128 Units(long high, long low) => new Int128((ulong)high, (ulong)low) % (Row.Most + 1);

    private async Task<(byte[] First, byte[] Second)> StageTwiceAsync(
        TempVolume volume, SourceDefinition source, bool reconcile)
    {
        var query = Sources.Query("select n, id, score, name, ok, day, raw, amount, seen from t order by n");
        var model = query with { Key = [Key], Reconcile = reconcile };
        await using var fetcher = await FetcherHost.StartAsync(volume.Layout, Sources.Registry(source, model));
        var other = Guid.NewGuid();
        await fetcher.AskAsync<ModelStaged>(Sources.Request);
        await fetcher.PublishAsync(Sources.Request with { RunId = other });
        await fetcher.NextAsync<ModelStaged>(skip: 1);
        return (File.ReadAllBytes(volume.Staged().Data),
            File.ReadAllBytes(volume.Layout.Model("value_stream_1", "model_x").Staging(other, 1).Data));
    }

    protected async Task<TAnswer> AskAsync<TAnswer>(SourceDefinition source, ModelDefinition model, Guid? run = null)
        where TAnswer : class
    {
        await using var fetcher = await FetcherHost.StartAsync(Volume.Layout, Sources.Registry(source, model));
        return await fetcher.AskAsync<TAnswer>(Sources.Request with { RunId = run ?? Sources.Run });
    }

    /// <summary>A row with a value of each type.</summary>
    public sealed record Row(
        long? Id, double? Score, string? Name, bool? Ok, DateOnly? Day, string? RawHex, Int128? Units, DateTime? Seen)
    {
        /// <summary>38 digits.</summary>
        public static readonly Int128 Most = (Int128)BigInteger.Pow(10, 38) - 1;

        /// <summary>The units with ten decimals.</summary>
        public string? Amount
        {
            get
            {
                if (Units is not { } units)
                    return null;
                var digits = Int128.Abs(units).ToString("D11", CultureInfo.InvariantCulture);
                return $"{(units < 0 ? "-" : "")}{digits[..^10]}.{digits[^10..]}";
            }
        }

        public string? DayText => Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        public string? SeenText => Seen?.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

        public bool Equals(Row? other) => other is not null && ToString() == other.ToString();

        public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

        // With the sign of zero, which == does not see.
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Id}|{Score:R}|{(Name is null ? "null" : $"'{Name}'")}|{Ok}|{DayText}|"
            + $"{(RawHex is null ? "null" : $"x{RawHex}")}|{Amount}|{SeenText}");

        public static Row Read(string?[] fields) => new(
            fields[0] is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null,
            fields[1] is { } score ? double.Parse(score, CultureInfo.InvariantCulture) : null,
            fields[2],
            fields[3] is { } ok ? bool.Parse(ok) : null,
            fields[4] is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            fields[5] is { } raw ? Convert.ToHexString(Convert.FromBase64String(raw)) : null,
            fields[6] is { } amount
                ? Int128.Parse(amount.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : null,
            fields[7] is { } seen
                ? DateTime.ParseExact(seen, ["yyyy-MM-ddTHH:mm:ss.FFFFFF"], CultureInfo.InvariantCulture) : null);
    }
}
