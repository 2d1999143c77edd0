using System.Text;
using System.Text.Json;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Tests.Support;

namespace Benchmark.Validator.Tests;

/// <summary>Whatever a file holds has a defined answer, and docs/csv.md tells it.</summary>
public sealed class Answering_what_a_file_holds : IDisposable
{
    private const string Begin = "<!-- answers: made of tests/Validator/FileContent.cs -->\n";
    private const string End = "<!-- end of answers -->\n";

    private readonly StagedModel _model = new() { Columns = FileContent.Columns };

    public static TheoryData<string> Whats => [.. FileContent.All.Select(content => content.What)];

    public void Dispose() => _model.Dispose();

    [Theory]
    [MemberData(nameof(Whats))]
    public void Gives_the_documented_answer_to(string what)
    {
        var content = FileContent.All.Single(c => c.What == what);
        var staged = _model.Stage(
            content.Csv(), facts => facts with { Rows = content.Rows ?? facts.Rows }, content.Staged);

        var verdict = _model.Examine(staged);

        if (content.Kept is { } column)
        {
            verdict.Should().BeOfType<Verdict.Accepted>();
            Kept(VolumeJson.Read<Profile>(_model.Paths.Staging(staged.RunId, 1).Profile), column)
                .Should().Be(content.Answer);
        }
        else
        {
            verdict.Should().BeOfType<Verdict.Rejected>().Which.Announce(staged).Refresh.Reason!.Split('\n')
                .Should().Contain(content.Answer);
        }
    }

    [Fact]
    public void Tells_every_answer_in_the_documentation()
    {
        var document = RepositoryRoot.Read("docs/csv.md");
        var (begin, end) = (
            document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));

        Approved.Match("docs/csv.md", document[..(begin + Begin.Length)] + Table() + document[end..]);
    }

    private static string Table()
    {
        var table = new StringBuilder("| in the file | answer |\n|---|---|\n");
        foreach (var content in FileContent.All)
            table.Append(
                $"| {content.What} | {(content.Kept is null ? content.Answer : $"accepted: {content.Answer}")} |\n");
        return table.ToString();
    }

    private static string Kept(Profile profile, string name)
    {
        var column = profile.Columns.Single(c => c.Name == name);
        if (column.Nans > 0)
            return "missing";
        var value = column.Top.Single().Value;
        return value.Length > 100 ? $"{value.Length} characters" : JsonSerializer.Serialize(value, VolumeJson.Options);
    }
}
