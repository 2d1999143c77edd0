namespace Benchmark.Cli.Tests;

public sealed class Refreshing_models : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Tells_a_source_that_is_late_from_a_failure()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a, ready: select false, ready_timeout: 1s}", "b: {table: nowhere}");

        var result = await _place.RunAsync("refresh", "--all", "--json");
        var runs = await _place.RunAsync("runs");
        var models = await _place.RunAsync("models");

        result.ExitCode.Should().Be(2);
        result.Model("a").GetProperty("outcome").GetString().Should().Be("source late");
        result.Json.GetProperty("source_late").GetInt32().Should().Be(1);
        result.Json.GetProperty("failed").GetInt32().Should().Be(1);
        runs.Output.Should().Contain("1 failed, 1 source late");
        models.Output.Should().Contain("last source late");
    }

    [Fact]
    public async Task Refreshes_only_the_model_asked_for()
    {
        _place.Warehousing("create table a as select 1 as id; create table b as select 1 as id");
        _place.Registers("a: {table: a}", "b: {table: b}");

        var result = await _place.RunAsync("refresh", "vs/a", "--json");

        result.ExitCode.Should().Be(0, result.Error);
        (await File.ReadAllTextAsync(_place.OnVolume("vs/a/benchmark.csv"))).Should().Be("id\n1\n");
        Directory.Exists(_place.OnVolume("vs/b")).Should().BeFalse();
    }

    [Fact]
    public async Task Says_why_each_model_failed_and_publishes_the_others()
    {
        _place.Warehousing(
            "create table good as select 1 as id; create table empty (id integer); create table text as select 'x' "
            + "as id");
        _place.Registers(
            "good: {table: good}",
            "no_table: {table: nowhere}",
            "bad_query: {query: select frm}",
            "empty: {table: empty}",
            "wrong_type: {table: text, columns: {id: {type: integer}}}");

        var result = await _place.RunAsync("refresh", "--all", "--json");

        result.ExitCode.Should().Be(2);
        result.Model("good").GetProperty("outcome").GetString().Should().Be("published");
        Reason(result, "no_table", "failed").Should().Contain("nowhere");
        Reason(result, "bad_query", "failed").Should().Contain("frm");
        Reason(result, "empty", "rejected").Should().Contain("0");
        Reason(result, "wrong_type", "rejected").Should().Contain("id").And.Contain("integer").And.NotContain("'x'");
    }

    [Fact]
    public async Task Refreshes_again_what_failed_in_a_run()
    {
        _place.Warehousing("create table good as select 1 as id");
        _place.Registers("good: {table: good}", "late: {table: late}");
        var first = await _place.RunAsync("refresh", "--all", "--json");
        _place.Warehousing("create table late as select 1 as id");

        var second = await _place.RunAsync(
            "refresh", "--failed", first.Json.GetProperty("run_id").GetString()!, "--json");

        second.ExitCode.Should().Be(0, second.Error);
        second.Json.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("model").GetString())
            .Should().Equal("late");
    }

    [Fact]
    public async Task Keeps_every_value_of_a_csv_file_read_through_SQL()
    {
        const string csv = "id,amount,note\n1,0.1,plain\n2,-17.25,\"with, comma\"\n3,,\"two\nlines\"\n";
        await File.WriteAllTextAsync(_place.InDirectory("in.csv"), csv);
        _place.Registers($"a: {{query: \"select * from read_csv('{_place.InDirectory("in.csv")}')\"}}");
        _place.Warehousing("select 1");

        var result = await _place.RunAsync("refresh", "vs/a");

        result.ExitCode.Should().Be(0, result.Error);
        (await File.ReadAllTextAsync(_place.OnVolume("vs/a/benchmark.csv"))).Should().Be(csv);
    }

    [Fact]
    public async Task Suggests_the_nearest_name_for_an_unknown_model()
    {
        _place.Registers("model_x: {table: a}");

        var result = await _place.RunAsync("refresh", "vs/modle_x");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("vs/modle_x").And.Contain("Did you mean vs/model_x?");
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("vs/../../etc")]
    public async Task Refuses_a_name_that_leaves_the_volume(string name)
    {
        _place.Registers("model_x: {table: a}");

        var result = await _place.RunAsync("refresh", name);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(name);
    }

    [Fact]
    public async Task Says_how_to_get_a_registry_when_there_is_none()
    {
        var result = await _place.RunAsync("refresh", "--all");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain(_place.Registry).And.Contain("benchmark demo");
    }

    [Fact]
    public async Task Asks_which_models_when_none_is_named()
    {
        var result = await _place.RunAsync("refresh");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("--all");
    }

    [Fact]
    public async Task Starts_nothing_on_a_volume_it_cannot_write()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
        // Root may write anywhere, but nobody makes a directory below a file.
        _place.Volume = Path.Combine(_place.Registry, "efs");

        var result = await _place.RunAsync("refresh", "--all");

        result.ExitCode.Should().Be(3);
        result.Error.Should().Contain(_place.Volume).And.Contain("--root");
    }

    [Fact]
    public async Task Publishes_nothing_that_nobody_would_hear_of()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
        _place.State = Path.Combine(_place.Registry, "state");

        var result = await _place.RunAsync("refresh", "--all");

        result.ExitCode.Should().Be(3);
        result.Error.Should().Contain(_place.State).And.Contain("--state");
        Directory.Exists(_place.OnVolume("vs/a")).Should().BeFalse();
    }

    [Fact]
    public async Task Changes_nothing_in_a_dry_run()
    {
        _place.Registers("a: {table: a}", "b: {table: b}");

        var result = await _place.RunAsync("refresh", "--all", "--dry-run");

        result.ExitCode.Should().Be(0);
        result.Output.Should().Be("vs/a\nvs/b\n");
        Directory.EnumerateFileSystemEntries(_place.Volume).Should().BeEmpty();
    }

    private static string Reason(CommandResult result, string model, string outcome)
    {
        var element = result.Model(model);
        element.GetProperty("outcome").GetString().Should().Be(outcome);
        return element.GetProperty("reason").GetString()!;
    }
}
