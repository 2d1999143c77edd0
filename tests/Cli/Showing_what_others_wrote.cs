using System.Text.RegularExpressions;

namespace Benchmark.Cli.Tests;

/// <summary>Names, reasons and errors that would break a line, or steer the terminal that shows them.</summary>
public sealed class Showing_what_others_wrote : IDisposable
{
    private const string Odd = "a\nb\u001b[31m";
    private const string Shown = @"a\nb\u001b[31m";
    private const string Reason = "after\nthe load\u001b[2J\tended";

    private readonly Workplace _place = new();

    public Showing_what_others_wrote()
    {
        Load(from: 1);
        // Its file must be there.
        _place.Warehousing("select 1");
        _place.Registers(
            $"published: {{query: {Query()}, threshold: 1, columns: {{{Quoted(Odd)}: {{min: 50}}}}}}",
            $"rejected: {{query: {Query()}, columns: {{{Quoted(Odd)}: {{min: 5000}}}}}}",
            $"unknown: {{query: {Query()}, key: [{Quoted(Odd + "c")}]}}",
            $"failed: {{query: {Quoted("select error('one\ntwo\u001b[31m') as x")}, owner: {Quoted(Odd)}}}",
            $"lists: {{query: {Quoted($"select [1] as \"{Odd}\"")}}}");
    }

    public void Dispose() => _place.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Writes_every_fact_on_one_line_and_what_steers_a_terminal_in_words()
    {
        await _place.RunAsync("refresh", "vs", "--reason", Reason);
        Load(from: 1000);

        var refresh = await _place.RunAsync("refresh", "vs", "--reason", Reason, "--force");

        Plain(refresh).Should()
            .Contain(line => line.StartsWith($"warning vs/published Column {Shown}: "))
            .And.Contain(line => line.StartsWith($"drift vs/published {Shown} "))
            .And.Contain(line => line.StartsWith("vs/rejected rejected in validate: ") && line.Contains("row rules"))
            .And.Contain(line => line.StartsWith($"vs/lists failed in fetch: Column '{Shown}' is of type LIST"))
            .And.Contain(line => line.StartsWith("vs/failed failed in fetch: ") && line.Contains(@"one two\u001b[31m"))
            .And.Contain(line => line.StartsWith("requested \"") && line.Contains(@"after\nthe load"));
        foreach (var command in new[] { "check", "models", "models vs/published", "runs", "history vs/published" })
            Plain(await _place.RunAsync(command.Split(' '))).Should().NotBeEmpty(command);
        Plain(await _place.RunAsync("check")).Should().Contain(
            line => line.Contains($"its rules name the column '{Shown}c', which its query does not give. "
                + $"Did you mean '{Shown}'?"));
        Plain(await _place.RunAsync("models", "vs/published"))
            .Should().Contain(line => line.Contains($" {Shown} CSI "));
        Plain(await _place.RunAsync("psi", "vs/published", _place.Write("other.csv", ["x", "1"])))
            .Should().Contain($"Not in the current data: {Shown}.");
    }

    [Fact(Timeout = 120_000)]
    public async Task Writes_to_the_team_in_the_same_way()
    {
        await _place.RunAsync("refresh", "vs", "--reason", Reason);

        var report = await _place.RunAsync("report", "latest");

        Plain(report).Should().Contain($"    owner: {Shown}")
            .And.Contain($"    Column '{Shown}' is of type LIST, which a CSV has no place for.")
            .And.Contain(line => line.StartsWith("Requested by ")
                && line.EndsWith(@": after\nthe load\u001b[2J\tended"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Draws_tables_that_no_name_can_steer()
    {
        await _place.RunAsync("refresh", "vs");
        Load(from: 1000);
        await _place.RunAsync("refresh", "vs/published", "--force", "--reason", Reason);
        using var output = new StringWriter();
        var terminal = new Terminal(output, output, outputIsTerminal: true);

        foreach (var command in new[] { "models", "history vs/published", "runs", "models vs/published" })
            await _place.RunAsync(terminal, CancellationToken.None, command.Split(' '));

        output.ToString().Should().NotContain("\u001b[2J").And.NotContain("b\u001b[31m").And.Contain(Shown);
    }

    [Fact(Timeout = 120_000)]
    public async Task Counts_one_of_a_kind_as_one()
    {
        _place.Warehousing("create table one as select 1 as id");
        _place.Registers("one: {table: one}");
        await _place.RunAsync("refresh", "vs");

        (await _place.RunAsync("models")).Output.Should().Contain("\t1 row\t");
        (await _place.RunAsync("models", "vs/one")).Output.Should().Contain("version 1, 1 row, published");
        (await _place.RunAsync("history", "vs/one")).Output.Should().Contain("\t1 row\t");
        (await _place.RunAsync("verify")).Error.Should().Contain("1 model, 1 version, ");
        Format.Rows(1_200).Should().Be("1,200 rows");
        Format.PlainRows(1_200).Should().Be("1200 rows");
    }

    private void Load(int from) =>
        _place.Write("data.csv", [.. Enumerable.Range(from, 300).Select(i => $"{i}").Prepend("v")]);

    private string Query() => Quoted($"select v as \"{Odd}\" from read_csv('{_place.InDirectory("data.csv")}')");

    // JSON is YAML.
    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static string[] Plain(CommandResult result)
    {
        var text = result.Output + result.Error;
        text.Should().NotContain("\u001b").And.NotContain("\r");
        Regex.Matches(text, "(?m)^(b|  b)(\\\\u001b|\u001b)").Should().BeEmpty("a name stays on its line");
        return text.Split('\n');
    }
}
