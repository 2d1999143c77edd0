using System.Text.Json;

namespace Benchmark.Cli.Tests;

public sealed class Comparing_versions : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Tells_which_keys_came_went_and_changed_without_values()
    {
        await TwoVersionsAsync();

        var result = await _place.RunAsync("diff", "vs/a", "1", "served", "--json");

        result.ExitCode.Should().Be(0, result.Error);
        var keys = result.Json.GetProperty("keys");
        Counts(keys).Should().Be("20 came, 10 went, 5 changed, 85 same");
        var samples = keys.GetProperty("samples").EnumerateArray().ToList();
        Of("came").Should().HaveCount(10).And.StartWith("100").And.Contain("109");
        Of("went").Should().BeEquivalentTo("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        Of("changed").Should().BeEquivalentTo("10", "11", "12", "13", "14");
        samples.Where(sample => sample.GetProperty("kind").GetString() == "changed").Should().AllSatisfy(sample =>
        {
            sample.GetProperty("columns").EnumerateArray().Single().GetString().Should().Be("grade");
            sample.GetProperty("values").ValueKind.Should().Be(JsonValueKind.Null);
        });

        IEnumerable<string> Of(string kind) => samples
            .Where(sample => sample.GetProperty("kind").GetString() == kind)
            .Select(sample => sample.GetProperty("key")[0].GetString()!);
    }

    [Fact]
    public async Task Shows_values_before_and_after_when_asked()
    {
        await TwoVersionsAsync();

        var result = await _place.RunAsync("diff", "vs/a", "1", "2", "--show-values");

        result.Output.Should().Contain("keys (id): 20 came, 10 went, 5 changed, 85 the same")
            .And.Contain("changed 10: grade x -> \"\"").And.NotContain("grade x -> x");
    }

    [Fact]
    public async Task Sets_statistics_and_drift_side_by_side_with_its_direction()
    {
        await TwoVersionsAsync();

        var result = await _place.RunAsync("diff", "vs/a", "1", "2", "--json");

        var columns = result.Json.GetProperty("columns").EnumerateArray()
            .ToDictionary(column => column.GetProperty("column").GetString()!);
        columns["id"].GetProperty("not_measured").GetString().Should().Contain("key");
        columns["score"].GetProperty("index").GetString().Should().Be("PSI");
        columns["score"].GetProperty("direction").GetString().Should().Be("up");
        columns["score"].GetProperty("psi").GetDouble().Should().BePositive();
        columns["score"].GetProperty("first").GetProperty("mean").GetDouble().Should().Be(49.5);
        columns["score"].GetProperty("second").GetProperty("mean").GetDouble().Should().Be(64.5);
        var psi = await _place.RunAsync(
            "psi", "vs/a", "--history", "--column", "score", "--json");
        psi.Output.Should().Contain(columns["score"].GetProperty("psi").GetRawText(), "it is the same index");
    }

    [Fact]
    public async Task Compares_what_is_served_with_what_was_rejected_and_with_a_file()
    {
        await TwoVersionsAsync();
        _place.Warehousing("create or replace table a as select 1 as id, 1 as score, 'x' as grade, true as extra");
        var rejected = await _place.RunAsync("refresh", "vs/a", "--json");
        var run = rejected.Json.GetProperty("run_id").GetString()!;
        var file = _place.Write("new.csv", ["id,score,grade", "0,0,x", "5000,7,y"]);

        var against = await _place.RunAsync("diff", "vs/a", "served", $"rejected:{run[..13]}");
        var other = await _place.RunAsync("diff", "vs/a", "1", file, "--json");

        against.ExitCode.Should().Be(0, against.Error);
        against.Output.Should().Contain("columns only in the second: extra").And.Contain("rows: 110, then 1");
        other.ExitCode.Should().Be(0, other.Error);
        Counts(other.Json.GetProperty("keys")).Should().Be("1 came, 99 went, 0 changed, 1 same");
        other.Json.GetProperty("second").GetProperty("name").GetString().Should().Be(file);
    }

    [Fact]
    public async Task Says_that_the_bytes_are_the_same()
    {
        await TwoVersionsAsync();

        var result = await _place.RunAsync("diff", "vs/a", "2", "served");

        result.Output.Should().Contain("data: the same bytes");
    }

    [Theory]
    [InlineData("9", "It has 1, 2")]
    [InlineData("rejected:0123", "None is kept at all")]
    [InlineData("nowhere.csv", "'served'")]
    public async Task Says_what_there_is_instead(string side, string hint)
    {
        await TwoVersionsAsync();

        var result = await _place.RunAsync("diff", "vs/a", "1", side);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(side.Split(':')[^1]).And.Contain(hint);
    }

    [Fact]
    public async Task Takes_another_key_where_the_model_has_none()
    {
        await TwoVersionsAsync(key: "");

        var without = await _place.RunAsync("diff", "vs/a", "1", "2");
        var with = await _place.RunAsync("diff", "vs/a", "1", "2", "--key", "id", "--key", "score");

        without.Output.Should().Contain("name one with --key");
        with.Output.Should().Contain("keys (id, score): 20 came, 10 went, 5 changed, 85 the same");
    }

    [Fact]
    public async Task Sees_changes_that_come_in_pairs()
    {
        _place.Warehousing("create table a as select * from (values (1, 'x'), (1, 'x'), (2, 'x')) v(id, grade)");
        _place.Registers("a: {table: a}");
        await _place.RunAsync("refresh", "vs/a");
        _place.Warehousing(
            "create or replace table a as select * from (values (1, 'y'), (1, 'y'), (2, 'x')) v(id, grade)");
        await _place.RunAsync("refresh", "vs/a", "--force", "--reason", "new book");

        var result = await _place.RunAsync("diff", "vs/a", "1", "2", "--key", "id");

        result.Output.Should().Contain("keys (id): 0 came, 0 went, 1 changed, 1 the same", result.Error);
    }

    [Fact]
    public async Task Says_that_the_served_version_was_removed_and_what_to_compare_instead()
    {
        await TwoVersionsAsync();
        _place.Remove("vs/a/.versions/000002");

        var result = await _place.RunAsync("diff", "vs/a", "1", "served");
        var instead = await _place.RunAsync("diff", "vs/a", "1", _place.OnVolume("vs/a/benchmark.csv"));

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("somebody removed it").And.Contain(_place.OnVolume("vs/a/benchmark.csv"));
        instead.ExitCode.Should().Be(0, instead.Error);
        instead.Output.Should().Contain("20 came, 10 went, 5 changed, 85 the same");
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("profile.json")]
    public async Task Says_which_version_is_not_whole(string damaged)
    {
        await TwoVersionsAsync();
        _place.Damage($"vs/a/.versions/000001/{damaged}");

        var result = await _place.RunAsync("diff", "vs/a", "1", "2");

        result.ExitCode.Should().Be(3);
        result.Error.Should().Contain("Version 1 of vs/a is not whole").And.Contain("benchmark verify vs/a");
    }

    private static string Counts(JsonElement keys) => string.Join(
        ", ", new[] { "came", "went", "changed", "same" }.Select(kind => $"{keys.GetProperty(kind)} {kind}"));

    private async Task TwoVersionsAsync(string key = "key: [id], ")
    {
        _place.Warehousing("create table a as select i as id, i as score, 'x' as grade from range(100) r(i)");
        _place.Registers($"a: {{table: a, {key}columns: {{score: {{type: integer, role: score}}}}}}");
        var first = await _place.RunAsync("refresh", "vs/a");
        first.ExitCode.Should().Be(0, first.Output + first.Error);
        // An empty text is not the same as none.
        _place.Warehousing("""
            create or replace table a as
            select i as id, i as score, case when i < 15 then '' else 'x' end as grade from range(10, 120) r(i)
            """);
        var second = await _place.RunAsync("refresh", "vs/a", "--force", "--reason", "new book");
        second.ExitCode.Should().Be(0, second.Output + second.Error);
    }
}
