using System.Text.Json;
using System.Text.Json.Serialization;
using Benchmark.Contracts.Volume;
using Spectre.Console;

namespace Benchmark.Cli;

/// <summary>Where a command writes: its answer to stdout; progress and errors to stderr.</summary>
internal sealed class Terminal
{
    // A caller reads a key without asking first whether it is there, so absent values are written as null.
    private static readonly JsonSerializerOptions s_json =
        new(VolumeJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    private readonly TextWriter _output;
    private readonly TextWriter _error;

    public Terminal(TextWriter output, TextWriter error, bool outputIsTerminal = false, bool errorIsTerminal = false)
    {
        _output = output;
        _error = error;
        IsInteractive = outputIsTerminal;
        ShowsProgress = errorIsTerminal;
        Out = Console(output, outputIsTerminal);
        Error = Console(error, errorIsTerminal);
    }

    /// <summary>The answer, drawn for a person; only when <see cref="IsInteractive"/>.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Progress and errors.</summary>
    public IAnsiConsole Error { get; }

    /// <summary>A person looks at stdout: draw tables. Otherwise write plain lines.</summary>
    public bool IsInteractive { get; }

    /// <summary>A person looks at stderr: draw live progress. Otherwise write a line per event.</summary>
    public bool ShowsProgress { get; }

    public static Terminal OfProcess() =>
        new(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected, !System.Console.IsErrorRedirected);

    /// <summary>Writes one document, the whole answer of <c>--json</c>.</summary>
    public void Json<T>(T document) => _output.WriteLine(JsonSerializer.Serialize(document, s_json));

    /// <summary>Writes one plain line of the answer.</summary>
    public void Line(string text) => _output.WriteLine(text);

    /// <summary>Writes one plain line beside the answer.</summary>
    public void Note(string text) => _error.WriteLine(text);

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
    });
}
