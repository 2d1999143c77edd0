using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>
/// The publish protocol as scripts in <c>Transcripts</c>: messages and kills in; what a reader sees out.
/// </summary>
public sealed class Playing_transcripts
{
    public static TheoryData<string> Scripts => Transcript.AllIn("tests/Publisher/Transcripts");

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Sees_what_the_script_says(string script)
    {
        await using var bench = await Workbench.StartAsync();
        var publications = new PublicationScript(bench);

        await Transcript.PlayAsync(script, publications.ActAsync, publications.LookAsync);
    }
}
