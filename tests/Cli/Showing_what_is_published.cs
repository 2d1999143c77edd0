using System.Text.Json;

namespace Benchmark.Cli.Tests;

public sealed class Showing_what_is_published : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Lists_every_model_with_the_file_that_may_be_read()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}", "b: {table: b}");
        await _place.RunAsync("refresh", "vs/a");

        var result = await _place.RunAsync("models", "--json");

        result.ExitCode.Should().Be(0, result.Error);
        var models = result.Json.EnumerateArray().ToList();
        models.Should().HaveCount(2);
        var a = models[0];
        a.EnumerateObject().Select(key => key.Name).Should().BeEquivalentTo(
            "value_stream", "model", "version", "rows", "published_at", "refreshed_at", "due_at", "late",
            "suspended", "worst_drift", "worst_since_anchor", "warnings", "file", "last_refresh");
        a.GetProperty("version").GetInt32().Should().Be(1);
        a.GetProperty("late").GetBoolean().Should().BeFalse();
        a.GetProperty("due_at").GetDateTimeOffset().Should().BeAfter(a.GetProperty("refreshed_at").GetDateTimeOffset());
        (await File.ReadAllTextAsync(a.GetProperty("file").GetString()!)).Should().Be("id\n1\n");
        models[1].GetProperty("version").ValueKind.Should().Be(JsonValueKind.Null);
        models[1].GetProperty("late").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task Shows_the_other_models_when_one_manifest_is_damaged()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}", "b: {table: a}");
        await _place.RunAsync("refresh", "--all");
        await File.WriteAllTextAsync(_place.OnVolume("vs/a/benchmark.json"), "{ torn");

        var result = await _place.RunAsync("models", "--json");

        result.Error.Should().Contain("vs/a/benchmark.json");
        result.Json.EnumerateArray().Select(model => model.GetProperty("version").ValueKind)
            .Should().Equal(JsonValueKind.Null, JsonValueKind.Number);
    }

    [Fact]
    public async Task Finds_a_run_by_the_beginning_of_its_id()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
        var refresh = await _place.RunAsync("refresh", "vs/a", "--json", "--reason", "a try");
        var id = refresh.Json.GetProperty("run_id").GetString()!;

        var run = await _place.RunAsync("runs", id[..13], "--json");

        run.ExitCode.Should().Be(0, run.Error);
        run.Output.Should().Be(refresh.Output);
        run.Json.EnumerateObject().Select(key => key.Name).Should().BeEquivalentTo(
            "run_id", "state", "trigger", "started_at", "closed_at", "published", "unchanged", "rejected",
            "failed", "missing", "source_late", "superseded", "models", "deliveries", "requested_by",
            "reason");
        run.Json.GetProperty("reason").GetString().Should().Be("a try");
        run.Model("a").EnumerateObject().Select(key => key.Name).Should().BeEquivalentTo(
            "value_stream", "model", "outcome", "stage", "version", "rows", "bytes", "warnings", "reason",
            "worst_drift");
    }

    [Fact]
    public async Task Lists_the_runs_newest_first()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}");
        var first = await _place.RunAsync("refresh", "vs/a", "--json");
        var second = await _place.RunAsync("refresh", "vs/a", "--json");

        var runs = await _place.RunAsync("runs", "--json");

        runs.Json.EnumerateArray().Select(run => run.GetProperty("run_id").GetString())
            .Should().Equal(Id(second), Id(first));
        second.Model("a").GetProperty("outcome").GetString().Should().Be("unchanged");
    }

    [Fact]
    public async Task Says_so_when_there_is_no_such_run()
    {
        var result = await _place.RunAsync("runs", "0123");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("0123");
    }

    [Fact]
    public async Task Lists_no_runs_before_the_first()
    {
        var result = await _place.RunAsync("runs", "--json");

        result.ExitCode.Should().Be(0, result.Error);
        result.Json.GetArrayLength().Should().Be(0);
    }

    private static string? Id(CommandResult result) => result.Json.GetProperty("run_id").GetString();
}
