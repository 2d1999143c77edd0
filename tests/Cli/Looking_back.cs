using System.Text;
using System.Text.Json;
using Benchmark.Tests.Support;

namespace Benchmark.Cli.Tests;

public sealed class Looking_back : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Lists_every_version_and_what_came_between_newest_first()
    {
        await ThreeVersionsAsync();

        var result = await _place.RunAsync("history", "vs/a", "--json");

        result.ExitCode.Should().Be(0, result.Error);
        var entries = result.Json.GetProperty("entries").EnumerateArray().ToList();
        entries.Select(entry => $"{entry.GetProperty("outcome")} {Text(entry, "version")}").Should().Equal(
            "published 3", "rejected ", "published 2", "published 1");
        entries[0].GetProperty("rolled_back_from").GetInt32().Should().Be(1);
        entries[0].GetProperty("served").GetBoolean().Should().BeTrue();
        entries[0].GetProperty("reason").GetString().Should().Be("load was broken");
        entries[1].GetProperty("kept").GetBoolean().Should().BeTrue("its data can be accepted");
        entries[1].GetProperty("problem").GetString().Should().Contain("rows");
        entries[2].GetProperty("forced").GetProperty("reason").GetString().Should().Be("new book");
        entries[2].GetProperty("worst_drift").GetProperty("column").GetString().Should().Be("id");
        entries[3].GetProperty("unchanged_refreshes").GetInt32().Should().Be(2);
        entries[3].GetProperty("requested_by").GetString().Should().Be(Environment.UserName);
    }

    [Fact]
    public async Task Gives_a_spreadsheet_the_same()
    {
        await ThreeVersionsAsync();

        var result = await _place.RunAsync("history", "vs/a", "--csv");

        var rows = Rfc4180.Parse(Encoding.UTF8.GetBytes(result.Output));
        rows[0].Should().StartWith(["at", "outcome", "version", "rows", "run_id"]);
        rows.Should().HaveCount(5);
        rows[1].Should().Contain(["published", "3", "10", "load was broken"]);
        rows[2][^1].Should().Contain("\n", "a rejection has a reason for each check");
    }

    [Fact]
    public async Task Fits_a_terminal_of_80_columns()
    {
        await ThreeVersionsAsync();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, outputIsTerminal: true);
        terminal.Out.Profile.Width = 80;

        await _place.RunAsync(terminal, CancellationToken.None, "history", "vs/a");

        var shown = Seeing_how_models_are.WithoutColour(output.ToString());
        shown.Split('\n').Should().AllSatisfy(line => line.Length.Should().BeLessThanOrEqualTo(80));
        shown.Should().Contain("rolled back to 1").And.Contain("forced").And.Contain("unchanged 2×")
            .And.Contain("rejected");
    }

    [Fact]
    public async Task Says_when_nobody_knows_of_the_refreshes_between()
    {
        await ThreeVersionsAsync();
        _place.State = _place.InDirectory("elsewhere");

        var result = await _place.RunAsync("history", "vs/a", "--json");

        result.ExitCode.Should().Be(0, result.Error);
        result.Json.GetProperty("entries").GetArrayLength().Should().Be(3);
        result.Json.GetProperty("entries")[2].GetProperty("unchanged_refreshes").ValueKind
            .Should().Be(JsonValueKind.Null);
        result.Error.Should().Contain("Refreshes that made no version are not shown").And.Contain("--database");
    }

    [Theory]
    [InlineData(true, "Version 3, which is served, is not on the volume any more")]
    [InlineData(false, "The manifest of version 3, which is served, is damaged or gone")]
    public async Task Says_what_is_served_although_it_was_removed_or_damaged(bool removed, string note)
    {
        await ThreeVersionsAsync();
        if (removed)
            _place.Remove("vs/a/.versions/000003");
        else
            _place.Damage("vs/a/.versions/000003/manifest.json");

        var result = await _place.RunAsync("history", "vs/a", "--json");

        result.ExitCode.Should().Be(0, result.Error);
        result.Error.Should().Contain(note);
        var served = result.Json.GetProperty("entries").EnumerateArray()
            .Single(entry => entry.GetProperty("served").GetBoolean());
        served.GetProperty("version").GetInt32().Should().Be(3);
        served.GetProperty("kept").GetBoolean().Should().Be(!removed);
    }

    [Fact]
    public async Task Says_how_to_begin_when_there_is_none()
    {
        _place.Registers("a: {table: a}");

        var result = await _place.RunAsync("history", "vs/a");

        result.ExitCode.Should().Be(0);
        result.Error.Should().Contain("benchmark refresh vs/a");
    }

    private static string Text(JsonElement entry, string key) =>
        entry.GetProperty(key) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : "";

    // 1, unchanged twice; 2, forced; a rejection; 3, a rollback.
    private async Task ThreeVersionsAsync()
    {
        _place.Warehousing("create table a as select range as id from range(10)");
        _place.Registers("a: {table: a, rows: {max_change: 0.5}}");
        for (var i = 0; i < 3; i++)
            await _place.RunAsync("refresh", "vs/a");
        _place.Warehousing("create or replace table a as select range as id from range(100)");
        await _place.RunAsync("refresh", "vs/a", "--force", "--reason", "new book");
        _place.Warehousing("create or replace table a as select range as id from range(1000)");
        await _place.RunAsync("refresh", "vs/a");
        var back = await _place.RunAsync("rollback", "vs/a", "--to", "1", "--reason", "load was broken");
        back.ExitCode.Should().Be(0, back.Output + back.Error);
    }
}
