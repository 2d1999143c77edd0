using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Validator.Tests;

public sealed class Checking_row_rules : IDisposable
{
    private readonly StagedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("integer", "0|-7|-0|42|9223372036854775807|12345678901234567890123456789012345678")]
    [InlineData(
        "number",
        "0|-0|1.5|-0.000001|1e-7|1E+15|1.7976931348623157e308|NaN|Infinity|-Infinity|12345678901234567890|"
        + "0.1000000000000000055511151231257827")]
    [InlineData("decimal", "0|0.10|-12.345|12345678901234567890.123456789012345678")]
    [InlineData("boolean", "true|false")]
    [InlineData("date", "2024-02-29|0001-01-01|9999-12-31")]
    [InlineData(
        "timestamp",
        "2024-02-29T23:59:59|2024-01-01T00:00:00.1|2024-01-01T00:00:00.1234567Z|2024-01-01T00:00:00+05:30|"
        + "2024-01-01T00:00:00-14:00")]
    [InlineData("time", "00:00:00|23:59:59.9999999")]
    [InlineData("bytes", "AA==|AAECAw==|\"\"")]
    [InlineData("string", " anything | at all")]
    public void Takes_a_value_as_the_dialect_spells_it(string type, string values)
    {
        _model.Columns = $"value:{type}";

        var report = _model.ReportRows(values.Split('|'));

        report.Of("type").Status.Should().Be(CheckStatus.Pass, report.Of("type").Message);
    }

    [Theory]
    [InlineData("integer", "1.0|1e3| 1|1 |+1|1,000|007|0x1F|--1|-|1-|one|\"\"|1_000|١")]
    [InlineData(
        "number", "1,5|1.|.5|1.5.5| 1.5|1.5 |+1.5|1,000.5|00.5|1e|1e+|e5|nan|inf|+Infinity|-NaN|1e999|\"\"|0x10|1f")]
    [InlineData("decimal", "1e5|NaN|Infinity|1.|.5|1,5| 1|00.1|\"\"")]
    [InlineData("boolean", "True|TRUE|1|0|yes|t| true|\"\"")]
    [InlineData(
        "date",
        "2024-2-29|2023-02-29|2024-13-01|2024-00-10|0000-01-01|20240229|2024/02/29|29.02.2024|2024-02-29T00:00:00|"
        + "2024-02-29 |\"\"")]
    [InlineData(
        "timestamp",
        "2024-02-29|2024-02-29 "
        + "23:59:59|2024-02-29T24:00:00|2024-02-29T23:59|2024-02-29T23:59:60|2024-02-29T23:59:59.|"
        + "2024-02-29T23:59:59.12345678|2024-02-29T23:59:59z|2024-02-29T23:59:59+5|2024-02-29T23:59:59+15:00|"
        + "2024-02-29T23:59:59+05:60|2024-02-29T23:59:59ZZ|0001-01-01T00:00:00+00:01|9999-12-31T23:59:59-00:01")]
    [InlineData("time", "24:00:00|1:00:00|12:60:00|12:00|12:00:00Z")]
    [InlineData("bytes", "AA=|A A=|not base64|AA== ")]
    public void Refuses_every_other_spelling(string type, string values)
    {
        _model.Columns = $"value:{type}";
        // Quoted, so that a comma is part of the value.
        var rows = values.Split('|').Select(v => v == "\"\"" ? v : $"\"{v}\"").ToList();

        var report = _model.ReportRows(rows);

        report.Of("type").Observed.Should().Be((CheckValue)rows.Count);
        report.Failed().Should().Equal("row_rules", "type value");
    }

    [Fact]
    public void Never_shows_a_value()
    {
        _model.Rule(new ColumnRule { Name = "grade", Values = ["A", "B"] });
        _model.Rule(new ColumnRule { Name = "score", Min = "0", Max = "1" });

        var report = _model.ReportRows(["secret1,77123,secret2,secret3"]);

        string.Concat(report.Checks.Select(c => $"{c.Message}{c.Observed}{c.Limit}"))
            .Should().NotContainAny("secret", "77123");
    }

    [Fact]
    public void Takes_the_registrys_type_over_the_sources()
    {
        _model.Rule(new ColumnRule { Name = "grade", Type = ColumnType.Integer });

        var report = _model.ReportRows(["1,0.5,3,2024-01-01", "2,0.5,C,2024-01-01"]);

        report.Of("type", "grade").Message.Should().Be(
            "Column grade: 1 of 2 rows is not of type integer (line 3). The source gives type string: convert it in the "
            + "query.");
    }

    [Fact]
    public void Requires_a_value_but_lets_an_empty_text_be_one()
    {
        _model.Rule(new ColumnRule { Name = "grade", Required = true });
        _model.Rule(new ColumnRule { Name = "score", Required = true });

        var report = _model.ReportRows(["1,0.5,\"\",", "2,,A,", "3,NaN,B,", "4,1,,"]);

        report.Of("required", "grade").Lines.Should().Equal(5);
        report.Of("required", "score").Lines.Should().Equal([3, 4], "NaN is missing, too");
        report.Of("required", "score").Message.Should().Be(
            "Column score: 2 of 4 rows have no value, but one is required (lines 3, 4).");
    }

    [Theory]
    [InlineData("integer", "300", "850", "300|850|850", "299|851|-1|99999999999999999999")]
    [InlineData(
        "integer", "12345678901234567890123", null, "12345678901234567890123|12345678901234567890124",
        "12345678901234567890122|5")]
    [InlineData("number", "0.1", "0.3", "0.1|0.2|0.3", "0.09|0.30000000000000004|NaN|-Infinity|Infinity")]
    [InlineData("number", null, "1e3", "-Infinity|1000", "1000.5|Infinity|NaN")]
    [InlineData(
        "decimal", "0.10", "850.00", "0.1|850|849.99999999999999999999",
        "850.00000000000000000001|0.09999999999999999999")]
    [InlineData("date", "2024-01-01", null, "2024-01-01|2099-12-31", "2023-12-31")]
    [InlineData(
        "timestamp", null, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00|2024-01-01T05:00:00+05:00",
        "2024-01-01T00:00:00.0000001Z|2024-01-01T00:00:00-01:00")]
    [InlineData("time", "08:00:00", "17:00:00", "08:00:00|17:00:00", "07:59:59.9|17:00:00.0000001")]
    public void Holds_values_to_a_range_that_includes_its_ends(
        string type, string? min, string? max, string inside, string outside)
    {
        _model.Columns = $"value:{type}";
        _model.Rule(new ColumnRule { Name = "value", Min = min, Max = max });
        var rows = inside.Split('|').Concat(outside.Split('|')).ToList();

        var report = _model.ReportRows(rows);

        report.Of("range").Observed.Should().Be((CheckValue)outside.Split('|').Length);
        report.Of("range").Lines![0].Should().Be(2 + inside.Split('|').Length);
    }

    [Theory]
    [InlineData("string", "1", "a column of type string has no range")]
    [InlineData("integer", "lots", "the registry's min lots is not an integer")]
    public void Says_so_when_a_range_cannot_be_applied(string type, string min, string problem)
    {
        _model.Columns = $"value:{type}";
        _model.Rule(new ColumnRule { Name = "value", Min = min });

        var report = _model.ReportRows(["1"]);

        report.Failed().Should().Equal("range value");
        report.Of("range").Message.Should().Be($"Column value: {problem}. Correct the registry.");
    }

    [Theory]
    [InlineData(
        "grade", "A,B,C,D", "value1,1,E,", "grade: 1 of 2 rows has none of the allowed values (A, B, C, D) (line 3)")]
    [InlineData("score", "0.5,1", "2,0.7,A,", "score: 1 of 2 rows has none of the allowed values (0.5, 1) (line 3)")]
    public void Allows_the_listed_values_only(string column, string values, string row, string message)
    {
        _model.Columns = "id:string score:number grade:string opened:date";
        _model.Rule(new ColumnRule { Name = column, Values = values.Split(',') });

        var report = _model.ReportRows(["1,0.5,A,", row]);

        report.Of("values").Message.Should().Be($"Column {message}.");
    }

    [Theory]
    [InlineData("number", "1.0|0.5", "1|0.5")]
    [InlineData("number", "1|NaN", "1.0|NaN")]
    [InlineData("decimal", "1|0.5", "1.00|0.50")]
    [InlineData("decimal", "1.00|12345678901234567890.10", "1|12345678901234567890.1")]
    [InlineData("integer", "1|-20", "1|-20")]
    [InlineData("date", "2024-01-31", "2024-01-31")]
    public void Compares_with_the_listed_values_by_value_and_not_by_spelling(string type, string values, string rows)
    {
        _model.Columns = $"value:{type}";
        _model.Rule(new ColumnRule { Name = "value", Values = values.Split('|') });

        var report = _model.ReportRows(rows.Split('|'));

        report.Of("values").Observed.Should().Be((CheckValue)0);
    }

    [Theory]
    [InlineData("number", "1.0", "1.1")]
    [InlineData("decimal", "12345678901234567890.10", "12345678901234567890.11")]
    public void Tells_a_value_from_the_listed_one_next_to_it(string type, string listed, string row)
    {
        _model.Columns = $"value:{type}";
        _model.Rule(new ColumnRule { Name = "value", Values = [listed] });

        var report = _model.ReportRows([row]);

        report.Failed().Should().Contain("values value");
    }

    [Theory]
    [InlineData("number", "1.0", "1.0", "1")]
    [InlineData("decimal", "1.0", "1", "1.00")]
    [InlineData("integer", "1", "1", "1")]
    public void Compares_with_the_ends_of_a_range_by_value_and_not_by_spelling(
        string type, string min, string max, string row)
    {
        _model.Columns = $"value:{type}";
        _model.Rule(new ColumnRule { Name = "value", Min = min, Max = max });

        var report = _model.ReportRows([row]);

        report.Failed().Should().BeEmpty();
    }

    [Fact]
    public void Lets_null_pass_every_rule_but_required()
    {
        _model.Rule(new ColumnRule { Name = "score", Min = "0", Max = "1", Values = ["1"] });

        var report = _model.ReportRows(["1,,A,", "2,1,A,"]);

        report.Failed().Should().BeEmpty();
    }

    [Fact]
    public void Finds_duplicate_keys_and_rows_without_one()
    {
        _model.Definition = _model.Definition with { Key = ["id"] };

        var report = _model.ReportRows(["1,,,", "2,,,", "1,,,", ",,,", "3,,,", "1,,,", ",,,"]);

        report.Of("key").Should().BeEquivalentTo(new { Column = "id", Status = CheckStatus.Fail });
        report.Of("key").Lines.Should().BeEquivalentTo([5L, 8L, 4L, 7L]);
        report.Of("key").Message.Should().StartWith("Key id: 4 of 7 rows have no key or repeat an earlier row's");
    }

    [Fact]
    public void Compares_all_columns_of_a_key_apart()
    {
        _model.Columns = "a:string b:string";
        _model.Definition = _model.Definition with { Key = ["a", "b"] };

        var report = _model.ReportRows(["x,yz", "xy,z", "\"x\",yz", "x,\"\"", "\"\",x", "xyz,\"\"", "\"\",xyz"]);

        report.Of("key").Should().BeEquivalentTo(
            new { Column = "a, b", Lines = new[] { 4L } }, "only lines 2 and 4 are the same");
    }

    [Fact]
    public void Names_the_line_where_a_row_begins()
    {
        _model.Columns = "id:integer name:string";

        var report = _model.Report("id,name\n1,\"two\nlines\"\n2,x\nbad,\"three\n\nlines\"\nbad,x\n");

        report.Of("type", "id").Lines.Should().Equal(5, 8);
    }

    [Fact]
    public void Shows_no_more_than_five_lines()
    {
        var report = _model.ReportRows(Enumerable.Repeat("x,,,", 9));

        report.Of("type", "id").Lines.Should().Equal(2, 3, 4, 5, 6);
        report.Of("type", "id").Message.Should().Be(
            "Column id: 9 of 9 rows are not of type integer (lines 2, 3, 4, 5, 6, …).");
    }

    [Fact]
    public void Warns_of_broken_rows_up_to_the_threshold()
    {
        _model.Definition = _model.Definition with { Threshold = 0.05 };

        var report = _model.ReportRows(Rows(broken: 5, of: 100));

        report.Accepted.Should().BeTrue();
        report.Warned().Should().Equal("row_rules", "type id");
        report.Of("row_rules").Should().BeEquivalentTo(new { Observed = (CheckValue)0.05, Limit = (CheckValue)0.05 });
    }

    [Fact]
    public void Fails_just_above_the_threshold()
    {
        _model.Definition = _model.Definition with { Threshold = 0.05 };

        var report = _model.ReportRows(Rows(broken: 6, of: 100));

        report.Failed().Should().Equal("row_rules", "type id");
        report.Of("row_rules").Message.Should().Be(
            "6 % of the rows (6 of 100 rows) break row rules; the threshold is 5 %.");
    }

    [Fact]
    public void Counts_a_row_once_however_many_rules_it_breaks()
    {
        _model.Definition = _model.Definition with { Threshold = 0.5, Key = ["id"] };
        _model.Rule(new ColumnRule { Name = "score", Min = "0" });
        _model.Rule(new ColumnRule { Name = "grade", Required = true });

        var report = _model.ReportRows(["1,1,A,", "1,-1,,wrong", "2,-1,,", "3,1,A,"]);

        report.Of("row_rules").Observed.Should().Be((CheckValue)0.5);
        report.Accepted.Should().BeTrue();
    }

    private static IEnumerable<string> Rows(int broken, int of) =>
        Enumerable.Range(0, of).Select(i => $"{(i < broken ? "x" : i)},0.5,A,2024-01-01");
}
