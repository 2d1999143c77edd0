using System.Text.Json;
using System.Text.Json.Serialization;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Spectre.Console;

namespace Benchmark.Cli;

/// <summary>The output of a command: the result on stdout, progress and errors on stderr.</summary>
internal sealed class Terminal
{
    // Absent values are written as null, so that a script can rely on every key.
    private static readonly JsonSerializerOptions s_json =
        new(VolumeJson.Options)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            Converters = { new FiniteNumber() },
        };

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

    /// <summary>The result as tables, when <see cref="IsInteractive"/>.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Progress and errors.</summary>
    public IAnsiConsole Error { get; }

    /// <summary>Whether stdout is a terminal: tables instead of plain lines.</summary>
    public bool IsInteractive { get; }

    /// <summary>Whether stderr is a terminal: live progress instead of a line per event.</summary>
    public bool ShowsProgress { get; }

    public static Terminal OfProcess() =>
        new(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected,
            !System.Console.IsErrorRedirected);

    /// <summary>Where the result goes, for what writes it by itself.</summary>
    public TextWriter Output => _output;

    /// <summary>Writes the JSON document of <c>--json</c>.</summary>
    public void Json<T>(T document) => _output.WriteLine(JsonSerializer.Serialize(document, s_json));

    /// <summary>Writes one line of the result.</summary>
    public void Line(string text) => _output.WriteLine(Visible.Lines(text));

    /// <summary>Writes one line to stderr.</summary>
    public void Note(string text) => _error.WriteLine(Visible.Lines(text));

    // JSON has no infinity, and a string among numbers breaks a script that adds them up.
    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal) =>
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
}
