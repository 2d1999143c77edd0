using System.Globalization;

namespace Benchmark.Cli.Tests;

public sealed class Showing_how_far_it_has_drifted : IDisposable
{
    private readonly Workplace _place = new();
    private readonly string _reference;
    private readonly string _current;

    public Showing_how_far_it_has_drifted()
    {
        _reference = _place.Write("reference.csv", Scores(shift: 0));
        _current = _place.Write("current.csv", Scores(shift: 0.15));
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Heads_each_table_of_a_pipe_and_gives_numbers_that_a_program_reads()
    {
        var lines = (await _place.RunAsync("psi", _reference, _current)).Output.TrimEnd().Split('\n');

        lines[0].Should().Be("column\tbin\treference\tcurrent\tshare\tnow\tchange\tpart");
        var columns = lines[(Array.IndexOf(lines, "") + 1)..];
        columns.Should().HaveCount(2);
        columns[0].Should().Be("column\tPSI / CSI\tverdict\tnoise limit\tp\tbins\ttype");
        columns[1].Split('\t')[0].Should().Be("score");
        double.Parse(columns[1].Split('\t')[1], CultureInfo.InvariantCulture).Should().BeGreaterThan(0.25);
    }

    [Fact]
    public async Task Writes_edges_in_six_digits_for_people_and_in_full_for_programs()
    {
        var lines = (await _place.RunAsync("psi", _reference, _current)).Output.Split('\n');
        var json = (await _place.RunAsync("psi", _reference, _current, "--json")).Json;

        var labels = lines.Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split('\t')[1]).ToList();
        labels.Should().HaveCount(11).And.OnlyHaveUniqueItems()
            .And.AllSatisfy(label => label.Count(char.IsDigit).Should().BeLessThanOrEqualTo(2 * 7));
        json.GetProperty("columns")[0].GetProperty("bins")[1].GetProperty("bin").GetString()
            .Should().Match(bin => bin!.Count(char.IsDigit) > 2 * 7);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Draws_bars_of_one_scale_that_fit_the_terminal(int width)
    {
        var output = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Null, outputIsTerminal: true);
        terminal.Out.Profile.Width = width;

        await _place.RunAsync(terminal, CancellationToken.None, "psi", _reference, _current);

        var lines = output.ToString().Split('\n').Select(Seeing_how_models_are.WithoutColour).ToList();
        lines.Should().AllSatisfy(line => line.TrimEnd().Length.Should().BeLessThanOrEqualTo(width))
            .And.Contain(line => line.Contains("┆ 0.1 and 0.25") && line.Contains("PSI / CSI"))
            .And.Contain(line => line.StartsWith("score") && line.Contains("moved") && line.Contains("███"))
            .And.Contain(line => line.StartsWith("(-∞") && line.Contains('█'));
    }

    private static IEnumerable<string> Scores(double shift)
    {
        var random = new Random(20261101);
        return Enumerable.Range(0, 2000)
            .Select(_ => (0.2 + 0.5 * random.NextDouble() + shift).ToString("R", CultureInfo.InvariantCulture))
            .Prepend("score");
    }
}
