using System.Text.RegularExpressions;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

public sealed partial class Seeing_how_models_are : IDisposable
{
    private readonly Workplace _place = new();

    public Seeing_how_models_are()
    {
        _place.Warehousing("create table a as select i as id, 'x' as grade from range(500) r(i)");
        _place.Registers("good: {table: a}", "strict: {table: a, columns: {grade: {type: string, values: [x]}}}");
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Shows_a_rejection_of_just_now_beside_the_version_that_stays_served()
    {
        await RejectAsync();

        var models = await _place.RunAsync("models", "--json");

        var strict = models.Json[1];
        strict.GetProperty("version").GetInt32().Should().Be(1);
        var last = strict.GetProperty("last_refresh");
        last.EnumerateObject().Select(key => key.Name)
            .Should().BeEquivalentTo("outcome", "stage", "run_id", "ended_at", "reason");
        last.GetProperty("outcome").GetString().Should().Be("rejected");
        last.GetProperty("stage").GetString().Should().Be("validate");
        last.GetProperty("reason").GetString().Should().Contain("grade");
        var lines = (await _place.RunAsync("models")).Output.Split('\n');
        lines[1].Should().Contain("version 1").And.Contain($"in run {last.GetProperty("run_id").GetString()}")
            .And.Contain("last rejected");
    }

    [Fact]
    public async Task Lists_only_what_any_of_the_filters_asks_for()
    {
        await RejectAsync();
        _place.Warehousing("create or replace table a as select i as id, 'y' as grade from range(500) r(i)");
        await _place.RunAsync("refresh", "vs/good", "--force", "--reason", "known");

        (await NamesAsync("--failed")).Should().Equal("strict");
        (await NamesAsync("--moved")).Should().Equal("good");
        (await NamesAsync("--failed", "--moved")).Should().Equal("good", "strict");
        (await NamesAsync("--late")).Should().BeEmpty();
        (await _place.RunAsync("models", "--late")).Error.Should().Contain("None of 2 models is late.");
    }

    [Fact]
    public async Task Shows_all_of_one_model_that_is_named()
    {
        await RejectAsync();

        var card = (await _place.RunAsync("models", "vs/strict")).Output;

        card.Should().Contain("rejected").And.Contain("by " + Environment.UserName).And.Contain(": a try")
            .And.Contain("grade").And.Contain(_place.OnVolume("vs/strict/.rejected/"))
            .And.Contain(_place.OnVolume("vs/strict/.versions/000001/benchmark.csv"))
            .And.Contain("version 1, 500 rows");
    }

    [Fact]
    public async Task Lists_every_warning_of_a_run_in_words()
    {
        await _place.RunAsync("refresh", "--all");
        _place.Warehousing(
            "create or replace table a as select i as id, if(i < 10, 'y', 'x') as grade from range(500) r(i)");
        var refresh = await _place.RunAsync("refresh", "vs/strict", "--json", "--reason", "a try");
        var id = refresh.Json.GetProperty("run_id").GetString()!;

        var run = await _place.RunAsync("runs", id);

        refresh.Model("strict").GetProperty("outcome").GetString().Should().Be("published");
        var warnings = run.Output.Split('\n').Where(line => line.StartsWith("warning vs/strict ")).ToList();
        warnings.Should().HaveCount(refresh.Model("strict").GetProperty("warnings").GetInt32());
        warnings.Should().Contain(line => line.Contains("Column grade: 10 of 500 rows"));
        run.Output.Should().Contain($"requested by {Environment.UserName}: a try");
    }

    [Fact]
    public async Task Shows_what_is_served_when_the_run_database_cannot_be_read()
    {
        await _place.RunAsync("refresh", "--all");
        foreach (var file in Directory.GetFiles(_place.State, "*.db*"))
            await File.WriteAllTextAsync(file, "this is no database, of that much there is no doubt at all");

        var models = await _place.RunAsync("models", "--json");

        models.ExitCode.Should().Be(0, models.Error);
        models.Error.Should().StartWith("How the last refreshes ended is not shown:");
        models.Json.GetArrayLength().Should().Be(2);
    }

    [Fact]
    public async Task Does_not_take_a_volume_that_it_may_not_read_for_one_without_versions()
    {
        await _place.RunAsync("refresh", "--all");
        ChildProcess.Run("chmod", ["755", _place.Directory]);
        ChildProcess.Run("chmod", [Environment.IsPrivilegedProcess ? "700" : "000", _place.OnVolume("vs/good")]);

        // Root is refused nothing.
        using var models = Environment.IsPrivilegedProcess
            ? _place.StartAs("1000660000", "models") : _place.Start("models");
        await models.ExitAsync();
        ChildProcess.Run("chmod", ["755", _place.OnVolume("vs/good")]);

        models.ExitCode.Should().Be(3, models.Error);
        models.Error.Should().Contain("vs/good").And.Contain("denied");
        models.Output.Should().NotContain("never published");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Shows_ids_and_names_whole_on_a_terminal_of_any_width(int width)
    {
        await RejectAsync();
        var ids = (await _place.RunAsync("runs", "--json")).Json.EnumerateArray()
            .Select(run => run.GetProperty("run_id").GetString()!).ToList();

        var runs = await OnTerminalAsync(width, "runs");
        var models = await OnTerminalAsync(width, "models");
        var run = await OnTerminalAsync(width, "runs", ids[0]);

        ids.Should().HaveCount(2).And.AllSatisfy(id => runs.Should().Contain(id));
        runs.Should().Contain($"by {Environment.UserName}: a try");
        models.Should().Contain("strict").And.Contain("rejected");
        run.Should().Contain($"Run {ids[0]} completed").And.Contain(_place.OnVolume($"vs/strict/.rejected/{ids[0]}"));
        foreach (var table in (string[])[runs, models])
            table.Split('\n').Should().AllSatisfy(line => line.TrimEnd().Length.Should().BeLessThanOrEqualTo(width));
    }

    internal static string WithoutColour(string text) => Colour().Replace(text, "");

    private async Task RejectAsync()
    {
        await _place.RunAsync("refresh", "--all");
        _place.Warehousing("create or replace table a as select i as id, 'y' as grade from range(500) r(i)");
        await _place.RunAsync("refresh", "vs/strict", "--reason", "a try");
    }

    private async Task<List<string?>> NamesAsync(params string[] filters) =>
        [.. (await _place.RunAsync(["models", "--json", .. filters])).Json.EnumerateArray()
            .Select(model => model.GetProperty("model").GetString())];

    private async Task<string> OnTerminalAsync(int width, params string[] args)
    {
        var output = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Null, outputIsTerminal: true);
        terminal.Out.Profile.Width = width;
        await _place.RunAsync(terminal, CancellationToken.None, args);
        return WithoutColour(output.ToString());
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();
}
