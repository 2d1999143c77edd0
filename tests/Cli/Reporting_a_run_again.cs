namespace Benchmark.Cli.Tests;

public sealed class Reporting_a_run_again : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Shows_the_report_of_a_run_as_text()
    {
        var run = await RefreshAsync();

        var byPrefix = await _place.RunAsync("report", run[..13]);
        var latest = await _place.RunAsync("report", "latest");

        byPrefix.ExitCode.Should().Be(0, byPrefix.Error);
        byPrefix.Output.Should().Contain("1 published").And.Contain("1 failed")
            .And.Contain("- vs/b: failed at fetch").And.Contain("- vs/b: nothing yet")
            .And.Contain($"More: benchmark report {run}");
        latest.Output.Should().Be(byPrefix.Output);
    }

    [Fact]
    public async Task Writes_a_page_that_needs_nothing_else()
    {
        var run = await RefreshAsync();
        var file = _place.InDirectory("report.html");

        var written = await _place.RunAsync("report", run, "--html", file);
        var toStdout = await _place.RunAsync("report", run, "--html", "-");

        written.ExitCode.Should().Be(0, written.Error);
        written.Output.Should().BeEmpty();
        written.Error.Should().Contain(file);
        var page = await File.ReadAllTextAsync(file);
        page.Should().StartWith("<!DOCTYPE html>").And.Contain("<td>vs/a</td>").And.Contain("default-src 'none'");
        toStdout.Output.Should().Be(page + Environment.NewLine);
    }

    [Fact]
    public async Task Gives_the_json_of_the_run()
    {
        var run = await RefreshAsync();

        var report = await _place.RunAsync("report", run, "--json");

        report.Output.Should().Be((await _place.RunAsync("runs", run, "--json")).Output);
    }

    [Fact]
    public async Task Reports_without_the_registry_of_then()
    {
        var run = await RefreshAsync();
        File.Delete(_place.Registry);

        var report = await _place.RunAsync("report", run);

        report.ExitCode.Should().Be(0, report.Error);
        report.Output.Should().Contain("- vs/b: failed at fetch");
        report.Error.Should().Contain("registry cannot be read");
    }

    [Theory]
    [InlineData("latest", "no run yet")]
    [InlineData("0123", "No run '0123'")]
    public async Task Says_so_when_there_is_no_such_run(string run, string told)
    {
        var report = await _place.RunAsync("report", run);

        report.ExitCode.Should().Be(ExitCode.Usage);
        report.Error.Should().Contain(told);
    }

    private async Task<string> RefreshAsync()
    {
        _place.Warehousing("create table a as select 1 as id");
        _place.Registers("a: {table: a}", "b: {table: gone}");
        var refresh = await _place.RunAsync("refresh", "--all", "--json");
        return refresh.Json.GetProperty("run_id").GetString()!;
    }
}
