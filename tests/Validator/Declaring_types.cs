using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Validator.Tests;

/// <summary>A source may call the same column by another type each month; what the registry declares holds.</summary>
public sealed class Declaring_types : IDisposable
{
    private readonly StagedModel _model = new();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("integer", "1", "number", "1.0")]
    [InlineData("number", "1.5", "integer", "2")]
    [InlineData("integer", "1", "decimal", "1.00")]
    [InlineData("decimal", "1.00", "integer", "1")]
    [InlineData("decimal", "1.00", "number", "1")]
    [InlineData("number", "1", "decimal", "1.00")]
    [InlineData("integer", "1", "string", "")]
    [InlineData("string", "", "number", "1")]
    public void Takes_the_declared_type_whichever_number_the_source_says(
        string first, string value, string second, string next)
    {
        _model.Rule(new ColumnRule { Name = "score", Type = ColumnType.Number });
        _model.Definition = _model.Definition with { Drift = _model.Drift with { OnFail = DriftAction.Warn } };
        _model.Columns = $"id:integer score:{first}";
        _model.Publish(Rows(200, value));
        _model.Columns = $"id:integer score:{second}";

        var staged = _model.StageRows(Rows(200, next));
        var report = _model.Report(staged);

        report.Failed().Should().NotContain(check => check.StartsWith("schema") || check.StartsWith("type"));
        Profile(staged).Columns.Single(column => column.Name == "score").Type.Should().Be(ColumnType.Number);
    }

    [Fact]
    public void Compares_numbers_of_two_types_as_the_declared_one()
    {
        _model.Rule(new ColumnRule { Name = "score", Type = ColumnType.Number });
        _model.Columns = "id:integer score:integer";
        _model.Publish(Numbers(1000, ""));
        _model.Columns = "id:integer score:number";

        var report = _model.ReportRows(Numbers(1000, ".0"));

        report.Accepted.Should().BeTrue();
        report.Of("drift", "score").Observed.Should().Be((CheckValue)0);
    }

    [Fact]
    public void Publishes_the_declared_type_and_what_the_source_said()
    {
        _model.Rule(new ColumnRule { Name = "score", Type = ColumnType.Number });
        _model.Columns = "id:integer score:integer";

        _model.Publish(Rows(10, "1"));

        VolumeJson.Read<Manifest>(_model.Paths.Manifest).Columns.Should().BeEquivalentTo(new ColumnFacts[]
        {
            new() { Name = "id", Type = ColumnType.Integer, Nulls = 0 },
            new() { Name = "score", Type = ColumnType.Number, SourceType = ColumnType.Integer, Nulls = 0 },
        });
    }

    [Fact]
    public void Settles_a_type_that_is_declared_after_the_source_changed_it()
    {
        _model.Columns = "id:integer score:integer";
        _model.Publish(Rows(10, "1"));
        _model.Columns = "id:integer score:number";
        _model.ReportRows(Rows(10, "1")).Failed().Should().Equal("schema_change score");

        _model.Rule(new ColumnRule { Name = "score", Type = ColumnType.Number });

        _model.ReportRows(Rows(10, "1")).Failed().Should().BeEmpty();
    }

    [Fact]
    public void Settles_a_type_that_is_declared_after_a_version_without_values()
    {
        _model.Columns = "id:integer opened:string";
        var staged = _model.Stage(
            "id,opened\n1,\n2,\n"u8.ToArray(), facts => facts with
            {
                Columns = [facts.Columns[0], facts.Columns[1] with { Nulls = 2 }],
            });
        _model.Report(staged).Accepted.Should().BeTrue();
        _model.Publish(staged);
        _model.Columns = "id:integer opened:date";
        _model.Rule(new ColumnRule { Name = "opened", Type = ColumnType.Date });

        var report = _model.ReportRows(["1,2026-01-31", "2,2026-01-31"]);

        report.Of("schema_change").Status.Should().Be(CheckStatus.Pass);
    }

    [Theory]
    [InlineData("integer", "number", "type number, but integer in version 1", "number")]
    [InlineData("number", "integer", "type integer, but number in version 1", "number")]
    [InlineData("integer", "decimal", "type decimal, but integer in version 1", "decimal")]
    [InlineData("integer", "string", "type string, but integer in version 1", "integer")]
    public void Stays_strict_without_a_declared_type_and_says_what_to_declare(
        string first, string second, string change, string declare)
    {
        _model.Columns = $"id:integer score:{first}";
        _model.Publish(Rows(10, "1"));
        _model.Columns = $"id:integer score:{second}";

        var report = _model.ReportRows(Rows(10, "1"));

        report.Failed().Should().Equal("schema_change score");
        report.Of("schema_change").Message.Should().Be(
            $"Column score: {change}. If the source's type may change, declare it in the registry: 'type: {declare}'.");
    }

    [Fact]
    public void Holds_a_declared_type_of_another_kind_to_the_published_version()
    {
        _model.Columns = "id:integer score:integer";
        _model.Publish(Rows(10, "1"));
        _model.Rule(new ColumnRule { Name = "score", Type = ColumnType.String });

        var report = _model.ReportRows(Rows(10, "1"));

        report.Failed().Should().Equal("schema_change score");
        report.Of("schema_change").Message.Should().Be("Column score: type string, but integer in version 1.");
    }

    [Fact]
    public void Makes_no_date_of_a_timestamp_and_says_where_to_convert_it()
    {
        _model.Columns = "id:integer opened:timestamp";
        _model.Rule(new ColumnRule { Name = "opened", Type = ColumnType.Date });

        var report = _model.ReportRows(["1,2026-01-31T00:00:00"]);

        report.Of("type", "opened").Message.Should().Be(
            "Column opened: 1 of 1 row is not of type date (line 2). The source gives type timestamp: convert it in the "
            + "query.");
    }

    private Profile Profile(ModelStaged staged) =>
        VolumeJson.Read<Profile>(
            File.Exists(_model.Paths.Staging(staged.RunId, 1).Profile)
                ? _model.Paths.Staging(staged.RunId, 1).Profile : _model.Paths.Rejected(staged.RunId).Profile);

    private static IEnumerable<string> Rows(int count, string value) =>
        Enumerable.Range(0, count).Select(i => $"{i % 10},{value}");

    private static IEnumerable<string> Numbers(int count, string fraction) =>
        Enumerable.Range(0, count).Select(i => $"{i % 10},{i % 100}{fraction}");
}
