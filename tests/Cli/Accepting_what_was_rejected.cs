using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Tests;

public sealed class Accepting_what_was_rejected : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Publishes_it_as_it_lies_there_although_the_source_has_changed_since()
    {
        var run = await RejectedAsync("a: {table: a, rows: {max_change: 0.5}}");
        _place.Warehousing("drop table a");

        var result = await _place.RunAsync("accept", "vs/a", "--run", run[..13], "--reason", "new book", "--json");

        result.ExitCode.Should().Be(0, result.Output + result.Error);
        result.Json.GetProperty("trigger").GetString().Should().Be("accept");
        result.Model("a").GetProperty("outcome").GetString().Should().Be("published");
        result.Model("a").GetProperty("accepted_from").GetString().Should().Be(run);
        var facts = VolumeJson.Read<Manifest>(_place.OnVolume("vs/a/benchmark.json"));
        facts.Rows.Should().Be(100);
        facts.AcceptedFrom.Should().Be(Guid.Parse(run));
        facts.Forced.Should().BeEquivalentTo(new ForcedFacts
        {
            By = Environment.UserName,
            Reason = "new book",
            Overruled = [CheckName.RowsChange],
        });
        facts.Checks.Should().NotContain(check => check.Status == CheckStatus.Fail);
        (await File.ReadAllLinesAsync(_place.OnVolume("vs/a/benchmark.csv"))).Should().HaveCount(101);
    }

    [Fact]
    public async Task Says_in_the_report_who_overruled_what_and_why()
    {
        var run = await RejectedAsync("a: {table: a, rows: {max_change: 0.5}}");

        var accepted = await _place.RunAsync("accept", "vs/a", "--run", run, "--reason", "new book");

        accepted.Output.Should().Contain($"accepted what run {run} rejected, overruling rows_change");
        (await _place.RunAsync("report", "latest")).Output.Should().Contain("accepted after all")
            .And.Contain($"overruling rows_change by {Environment.UserName}: new book.");
    }

    [Fact]
    public async Task Never_overrules_a_rule_of_the_rows()
    {
        var run = await RejectedAsync(
            "a: {table: a, rows: {max_change: 0.5}, columns: {id: {type: integer, max: 10}}}");

        var result = await _place.RunAsync("accept", "vs/a", "--run", run, "--reason", "new book");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("Nobody can overrule").And.Contain("range").And.Contain("row_rules")
            .And.NotContain("overrule rows_change");
        VolumeJson.Read<Manifest>(_place.OnVolume("vs/a/benchmark.json")).Version.Should().Be(1);
    }

    [Fact]
    public async Task Shows_in_a_dry_run_what_would_be_overruled()
    {
        var run = await RejectedAsync("a: {table: a, rows: {max_change: 0.5}}");

        var result = await _place.RunAsync("accept", "vs/a", "--run", run, "--dry-run");

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain("100 rows").And.Contain("would overrule rows_change");
        VolumeJson.Read<Manifest>(_place.OnVolume("vs/a/benchmark.json")).Version.Should().Be(1);
    }

    [Fact]
    public async Task Names_what_there_is_when_the_run_rejected_nothing()
    {
        var run = await RejectedAsync("a: {table: a, rows: {max_change: 0.5}}");

        var result = await _place.RunAsync("accept", "vs/a", "--run", "0123", "--reason", "new book");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("0123").And.Contain(run);
    }

    [Fact]
    public async Task Never_publishes_what_was_altered_after_its_checks()
    {
        var run = await RejectedAsync("a: {table: a, rows: {max_change: 0.5}}");
        var data = _place.OnVolume($"vs/a/.rejected/{run}/benchmark.csv");
        Workplace.MakeWritable(data);
        await File.WriteAllTextAsync(data, (await File.ReadAllTextAsync(data)).Replace("99", "98"));

        var result = await _place.RunAsync("accept", "vs/a", "--run", run, "--reason", "new book", "--json");

        result.ExitCode.Should().Be(2);
        result.Model("a").GetProperty("reason").GetString().Should().Contain("altered after its checks");
        VolumeJson.Read<Manifest>(_place.OnVolume("vs/a/benchmark.json")).Version.Should().Be(1);
    }

    private async Task<string> RejectedAsync(string model)
    {
        _place.Warehousing("create table a as select range as id from range(10)");
        _place.Registers(model);
        (await _place.RunAsync("refresh", "vs/a")).ExitCode.Should().Be(0);
        _place.Warehousing("create or replace table a as select range as id from range(100)");
        var rejected = await _place.RunAsync("refresh", "vs/a", "--json");
        rejected.Model("a").GetProperty("outcome").GetString().Should().Be("rejected");
        return rejected.Json.GetProperty("run_id").GetString()!;
    }
}
