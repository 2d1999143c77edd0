using System.Text.Json;

namespace Benchmark.Cli.Tests;

public sealed class Checking_rules_against_sources : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Asks_the_source_about_every_query()
    {
        _place.Warehousing("create table good as select 1 as id; create table lists as select [1, 2] as numbers");
        _place.Registers(
            "good: {table: good}", "absent: {table: absent}", "lists: {table: lists}", "broken: {query: select frm}");

        var result = await _place.RunAsync("check", "--json");

        result.ExitCode.Should().Be(1);
        Places(result).Should().Equal(Of("table: absent"), Of("table: lists"), Of("query: select frm"));
        Problems(result).Should().SatisfyRespectively(
            absent => absent.Should().StartWith("model vs/absent: ").And.Contain("absent"),
            broken => broken.Should().StartWith("model vs/broken: "),
            lists => lists.Should().StartWith("model vs/lists: ").And.Contain("LIST"));
    }

    [Fact]
    public async Task Says_where_the_registry_names_a_column_that_the_query_does_not_give()
    {
        _place.Warehousing("create table a as select 1 as id, 0.5 as score");
        _place.Registers("a: {table: a, key: [idd], columns: {scor: {role: score}, Score: {drift: {special: [-1]}}}}");

        var check = await _place.RunAsync("check");

        check.ExitCode.Should().Be(1);
        const string named = "model vs/a: its rules name the column";
        check.Output.Split('\n').Should().StartWith([
            $"{At("scor:")}: {named} 'scor', which its query does not give. Did you mean 'score'? "
                + "The query gives id, score.",
            $"{At("Score:")}: {named} 'Score', which its query does not give. Did you mean 'score'? "
                + "The query gives id, score.",
            $"{At("idd]")}: {named} 'idd', which its query does not give. Did you mean 'id'? "
                + "The query gives id, score.",
            "3 problems",
        ]);
    }

    [Fact]
    public async Task Names_only_some_of_very_many_columns()
    {
        var columns = Enumerable.Range(0, 300).Select(i => $"1 c{i}");
        _place.Warehousing($"create table a as select {string.Join(", ", columns)}");
        _place.Registers("a: {table: a, key: [something_else]}");

        var check = await _place.RunAsync("check");

        check.Output.Should().Contain("The query gives c0, c1, ").And.Contain(", c19 and 280 more.")
            .And.NotContain("c20");
    }

    [Theory]
    [InlineData("d: {type: integer}", "type", "declared as integer, but the query gives type date")]
    [InlineData("ts: {type: date}", "type", "declared as date, but the query gives type timestamp")]
    [InlineData("n: {type: boolean}", "type", "declared as boolean, but the query gives type integer")]
    [InlineData("n: {role: as_of}", "role", "with 'role: as_of' it is a date or a timestamp")]
    [InlineData("n: {min: 2026-01-31}", "min", "its 'min' is not an integer, which the query gives")]
    [InlineData("b: {max: 1}", "max", "the query gives type boolean, which has no 'max'")]
    [InlineData("b: {values: [yes]}", "values", "the allowed value 'yes' is not true or false, which the query gives")]
    [InlineData("n: {drift: {groups: {low: [a]}}}", "drift", "only texts are grouped, not values of type integer")]
    public async Task Says_what_a_column_of_the_query_can_never_be(string rule, string key, string problem)
    {
        _place.Warehousing("create table a as select date '2026-01-31' d, now()::timestamp ts, 1 n, true b");
        _place.Registers($"a: {{table: a, columns: {{{rule}}}}}");

        var check = await _place.RunAsync("check");

        check.ExitCode.Should().Be(1);
        var column = rule[..rule.IndexOf(':', StringComparison.Ordinal)];
        check.Output.Should().StartWith($"{At($"{key}:")}: model vs/a: column '{column}': {problem}");
    }

    [Theory]
    [InlineData("x: {type: integer}")]
    [InlineData("x: {type: number, min: 0}")]
    [InlineData("t: {type: date}")]
    [InlineData("t: {min: 2026-01-31}")]
    [InlineData("n: {type: decimal}")]
    public async Task Finds_nothing_wrong_with_what_values_may_be(string rule)
    {
        _place.Warehousing("create table a as select 1.0::double x, '2026-01-31' t, 1 n");
        _place.Registers($"a: {{table: a, columns: {{{rule}}}}}");

        var check = await _place.RunAsync("check");

        check.ExitCode.Should().Be(0, check.Output);
    }

    [Fact]
    public async Task Ends_with_the_code_of_the_registry_where_a_source_is_out_of_reach_as_well()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a, source: warehouse, key: [no]}", "b: {table: b, source: other}");
        const string other = "other: {kind: postgres, connection: Host=127.0.0.1;Port=1;Username=u;Database=d}";
        await File.WriteAllTextAsync(
            _place.Registry,
            (await File.ReadAllTextAsync(_place.Registry)).Replace("sources:", $"sources:\n  {other}"));

        var both = await _place.RunAsync("check", "--json");
        var one = await _place.RunAsync("check", "vs/b");

        both.ExitCode.Should().Be(1);
        Problems(both).Should().HaveCount(2);
        one.ExitCode.Should().Be(3);
        one.Output.Should().StartWith("source other: Failed to connect");
    }

    [Fact]
    public async Task Finds_the_place_of_what_a_model_inherits()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}", "b: {table: a}");
        await File.WriteAllTextAsync(_place.Registry, (await File.ReadAllTextAsync(_place.Registry)).Replace(
            "defaults:", "defaults:\n  ready: select done from loads"));

        var check = await _place.RunAsync("check");

        check.ExitCode.Should().Be(1);
        check.Output.Should().StartWith($"{At("ready:")}: 'ready' of vs/a and 1 more: ").And.Contain("loads");
    }

    private string At(string text) => $"{_place.Registry}({Of(text).Line},{Of(text).Column})";

    private (int Line, int Column) Of(string text)
    {
        var lines = File.ReadAllLines(_place.Registry);
        var line = Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal));
        return (line + 1, lines[line].IndexOf(text, StringComparison.Ordinal) + 1);
    }

    private static IEnumerable<(int Line, int Column)> Places(CommandResult check) => ProblemsOf(check)
        .Select(problem => (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32())).Order();

    private static IEnumerable<string> Problems(CommandResult check) =>
        ProblemsOf(check).Select(problem => problem.GetProperty("problem").GetString()!);

    private static JsonElement.ArrayEnumerator ProblemsOf(CommandResult check) =>
        check.Json.GetProperty("problems").EnumerateArray();
}
