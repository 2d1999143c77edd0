using Benchmark.Tests.Support;

namespace Benchmark.Notifier.Tests;

public sealed class Playing_transcripts_on_sqlite() : Playing_transcripts(Databases.Sqlite);

[NeedsPostgreSql]
[Collection(nameof(PostgresServer))]
public sealed class Playing_transcripts_on_postgresql(PostgresServer server)
    : Playing_transcripts(Databases.AddTo(server));

/// <summary>
/// The life of a run as scripts in <c>Transcripts</c>: messages in; phase, rows and publications out.
/// </summary>
public abstract class Playing_transcripts(Dictionary<string, string?> settings) : RunFixture(settings)
{
    public static TheoryData<string> Scripts => Transcript.AllIn("tests/Notifier/Transcripts");

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Sees_what_the_script_says(string script)
    {
        var run = new RunScript(Notifier);

        await Transcript.PlayAsync(script, run.ActAsync, run.LookAsync);
    }
}
