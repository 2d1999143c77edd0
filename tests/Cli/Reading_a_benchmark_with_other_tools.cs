using System.Text.RegularExpressions;
using Benchmark.Tests.Support;
using DuckDB.NET.Data;

namespace Benchmark.Cli.Tests;

/// <summary>The SQL of <c>docs/reading-benchmarks.md</c>, as it stands there.</summary>
public sealed partial class Reading_a_benchmark_with_other_tools : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Gives_every_value_as_it_was_published()
    {
        await PublishAsync();

        var rows = Query(Documented().Groups["example"].Value.Replace(
            "/mnt/efs/value_stream_1/model_x/", _place.OnVolume("vs/a/")));

        rows.Columns.Should().Equal(("application_id", "BIGINT"), ("postcode", "VARCHAR"), ("note", "VARCHAR"));
        rows.Values.Should().BeEquivalentTo<object?[]>(
            [[1L, "01067", "NA"], [2L, "10115", ""], [3L, null, null]], "NULL and the empty text are two things");
    }

    [Fact]
    public async Task Finds_the_types_of_all_columns()
    {
        await PublishAsync();

        var rows = Query(Documented().Groups["types"].Value.Replace(
            "benchmark.json", _place.OnVolume("vs/a/benchmark.json")));

        rows.Columns.Select(column => column.Name).Should().Equal("name", "type", "nulls");
        rows.Values.Select(row => $"{row[0]} {row[1]} {row[2]}").Should().Equal(
            "application_id integer 0", "postcode string 1", "note string 1");
    }

    private static Match Documented()
    {
        var text = RepositoryRoot.Read("docs/reading-benchmarks.md");
        var found = DuckDbExamples().Match(text);
        found.Success.Should().BeTrue("the document has both examples");
        return found;
    }

    private async Task PublishAsync()
    {
        _place.Warehousing("""
            create table a as select * from (values (1, '01067', 'NA'), (2, '10115', ''), (3, null, null))
                v(application_id, postcode, note)
            """);
        _place.Registers("a: {table: a}");
        var result = await _place.RunAsync("refresh", "vs/a");
        result.ExitCode.Should().Be(0, result.Output + result.Error);
    }

    private static (IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<object?[]> Values) Query(
        string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        // SET gives no columns.
        while (reader.FieldCount == 0)
            reader.NextResult().Should().BeTrue();
        var columns = Enumerable.Range(0, reader.FieldCount)
            .Select(i => (reader.GetName(i), reader.GetDataTypeName(i).ToUpperInvariant())).ToList();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount)
                .Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return (columns, rows);
    }

    [GeneratedRegex(@"## DuckDB.*?```sql\n(?<example>.*?)```.*?`(?<types>SELECT unnest.*?)`", RegexOptions.Singleline)]
    private static partial Regex DuckDbExamples();
}
