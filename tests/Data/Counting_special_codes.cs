using Benchmark.Data.Profiling;
using static Benchmark.Data.Tests.Columns;

namespace Benchmark.Data.Tests;

/// <summary>Codes such as -999, which are no values and have a bin each.</summary>
public sealed class Counting_special_codes : IDisposable
{
    private static readonly BinRules s_codes = new() { Special = ["-999", "9999"] };

    private readonly Columns _columns = new();

    public void Dispose() => _columns.Dispose();

    [Fact]
    public void Counts_a_code_for_as_much_as_a_missing_value()
    {
        // 8 % of the benchmark, and none later.
        string[] values = [.. Numbers(1, 920)];
        var coded = _columns.Profile(ColumnType.Integer, [.. values, .. Repeat("-999", 80)], s_codes);
        var missing = _columns.Profile(ColumnType.Integer, [.. values, .. Repeat("", 80)]);

        var withoutCodes = Psi(coded, _columns.Scan(Plan(ColumnType.Integer, coded, s_codes), values));
        var withoutMissing = Psi(missing, _columns.Scan(Plan(ColumnType.Integer, missing), values));

        // Nine tenths of it are in the bin of the code: (0.0001 − 0.08) · ln(0.0001 / 0.08).
        withoutCodes.Should().BeApproximately(0.0799 * Math.Log(800) + 0.08 * Math.Log(1 / 0.92), 1e-3);
        withoutCodes.Should().BeApproximately(withoutMissing, 1e-12);
    }

    [Fact]
    public void Keeps_codes_out_of_statistics_and_quantiles()
    {
        var values = Numbers(1, 920);
        var with = _columns.Profile(
            ColumnType.Integer, [.. values, .. Repeat("-999", 80), .. Repeat("9999", 5)], s_codes);
        var without = _columns.Profile(ColumnType.Integer, values);

        with.Should().BeEquivalentTo(
            without, options => options.Excluding(p => p.Count).Excluding(p => p.Bins!.Special));
        with.Count.Should().Be(1005);
        with.Bins!.Special!.Select(code => (code.Value, code.Count)).Should().Equal(("-999", 80), ("9999", 5));
    }

    [Fact]
    public void Asks_no_rule_of_a_code()
    {
        var plan = Plan(ColumnType.Integer, bins: s_codes) with
        {
            Required = true,
            Min = "0",
            Max = "10",
            Values = ["1", "2"],
        };

        var findings = _columns.Findings(plan, "1", "-999", "9999", "2", "-998");

        findings.NoValue.Count.Should().Be(0);
        findings.NotInRange.Lines.Should().Equal(6);
        findings.NotAllowed.Lines.Should().Equal(6);
    }

    [Theory]
    [InlineData(ColumnType.Number, "-999", "-999.0", "-999.00", "-9.99e2")]
    [InlineData(ColumnType.Decimal, "-999.00", "-999", "-999.0")]
    [InlineData(ColumnType.Integer, "-999.0", "-999")]
    [InlineData(ColumnType.Date, "9999-12-31", "9999-12-31")]
    [InlineData(ColumnType.Timestamp, "1900-01-01T00:00:00", "1900-01-01T00:00:00.000", "1900-01-01T01:00:00+01:00")]
    public void Knows_a_code_by_its_value(ColumnType type, string code, params string[] spellings)
    {
        var column = _columns.Profile(type, spellings, new BinRules { Special = [code] });

        column.Bins!.Special.Should().BeEquivalentTo([new { Value = code, Count = spellings.Length }]);
        column.Distinct.Should().Be(0);
    }

    [Fact]
    public void Tells_long_integers_apart_that_one_double_stands_for()
    {
        var column = _columns.Profile(ColumnType.Integer,
            ["9007199254740992", "9007199254740993", "99999999999999999999", "99999999999999999998"],
            new BinRules { Special = ["9007199254740993", "99999999999999999999"] });

        column.Bins!.Special!.Select(code => code.Count).Should().Equal(1, 1);
        column.Bins.Counts.Should().Equal(1, 1);
    }

    [Fact]
    public void Compares_by_the_codes_of_the_benchmark_whatever_is_a_code_now()
    {
        string[] values = [.. Numbers(1, 920), .. Repeat("-999", 80), .. Repeat("9999", 20)];
        var benchmark = _columns.Profile(ColumnType.Integer, values, new BinRules { Special = ["-999"] });

        // None any more; the same; another one besides; as a number.
        var none = _columns.Scan(Plan(ColumnType.Integer, benchmark), values);
        var same = _columns.Scan(Plan(ColumnType.Integer, benchmark, new BinRules { Special = ["-999"] }), values);
        var more = _columns.Scan(Plan(ColumnType.Integer, benchmark, s_codes), values);
        var number = _columns.Scan(Plan(ColumnType.Number, benchmark, s_codes), values.Select(value => $"{value}.0"));

        same.Tally!.Special.Should().Equal(80);
        same.Tally.OutOfRange.Should().Be(0);
        Psi(benchmark, same).Should().Be(0);
        none.Tally.Should().BeEquivalentTo(same.Tally);
        more.Tally.Should().BeEquivalentTo(same.Tally);
        number.Tally.Should().BeEquivalentTo(same.Tally);
        none.Profile.Min.Should().Be("-999");
        more.Profile.Max.Should().Be("920");
    }

    [Fact]
    public void Counts_values_that_became_codes_as_the_benchmark_does()
    {
        string[] values = [.. Numbers(1, 920), .. Repeat("-999", 80)];
        var benchmark = _columns.Profile(ColumnType.Integer, values);

        var current = _columns.Scan(Plan(ColumnType.Integer, benchmark, s_codes), values);

        Psi(benchmark, current).Should().Be(0);
        current.Tally!.Rows.Should().Be(1000);
    }

    [Fact]
    public void Counts_codes_exactly_in_a_column_that_memory_has_no_room_for()
    {
        string[] values = [
            .. Enumerable.Range(0, 100_000).Select(i => i % 10 == 0 ? "-999" : $"{i * 7919L % 1_000_003}")];

        var benchmark = _columns.Scan(Plan(ColumnType.Integer, bins: s_codes), values, memory: 0).Profile;
        var current = _columns.Scan(Plan(ColumnType.Integer, benchmark), values, memory: 0);

        benchmark.RankError.Should().NotBeNull();
        benchmark.Bins!.Special![0].Count.Should().Be(10_000);
        current.Tally!.Rows.Should().Be(100_000);
        ((double)current.Tally.Special[0]).Should().BeApproximately(10_000, 200);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public void Counts_codes_of_texts(int texts)
    {
        string[] values = [.. Enumerable.Range(0, 1000).Select(i => $"t{i % texts}"), .. Repeat("N/A", 80)];
        var rules = new BinRules { Special = ["N/A", "unknown"] };

        var benchmark = _columns.Profile(ColumnType.String, values, rules);
        var plain = _columns.Profile(ColumnType.String, values[..1000]);
        var none = _columns.Scan(Plan(ColumnType.String, benchmark), values);

        benchmark.Should().BeEquivalentTo(
            plain, options => options.Excluding(p => p.Count).Excluding(p => p.Bins!.Special));
        benchmark.Bins!.Special!.Select(code => (code.Value, code.Count)).Should().Equal(("N/A", 80), ("unknown", 0));
        Psi(benchmark, none).Should().Be(0);
        Bins(benchmark, none).Should().ContainSingle(bin => bin.Bin == "N/A").Which.Actual.Should().Be(80);
    }

    [Fact]
    public void Allows_a_code_among_texts_beside_the_allowed_values()
    {
        var plan = Plan(ColumnType.String, bins: new BinRules { Special = ["N/A"] }) with
        {
            Values = ["a", "b"],
        };

        _columns.Findings(plan, "a", "N/A", "c", "b").NotAllowed.Lines.Should().Equal(4);
    }

    [Theory]
    [InlineData(ColumnType.Integer, "99.5", "the special code 99.5 is not an integer")]
    [InlineData(ColumnType.Number, "NaN", "the special code NaN is not a number")]
    [InlineData(ColumnType.Date, "-999", "the special code -999 is not a date (yyyy-MM-dd)")]
    [InlineData(ColumnType.Boolean, "N/A", "the special code N/A is not true or false")]
    [InlineData(ColumnType.Bytes, "AA==", "a column of type bytes has no bins")]
    public void Names_a_code_that_is_not_of_the_columns_type(ColumnType type, string code, string problem)
    {
        var findings = _columns.Findings(Plan(type, bins: new BinRules { Special = [code] }));

        findings.BinsProblem.Should().Be(problem);
    }
}
