using System.CommandLine;
using Benchmark.Contracts.Registry;

namespace Benchmark.Cli.Init;

/// <summary><c>benchmark init</c>: the draft of a registry from tables or files, or a list of what there is.</summary>
internal static class InitCommand
{
    private static readonly Argument<string[]> s_data = Arguments.Names<string[]>(
        "data",
        "Tables, or CSV, Parquet or JSON files; several files with the same columns as 'data/*.csv'; a database file, "
        + "and tables in it. Without any: what there is to choose.",
        ArgumentArity.ZeroOrMore);

    private static readonly Option<string[]> s_from = new("--from")
    {
        Description = "The same, as an option; may be repeated.",
        HelpName = "table|file",
    };

    private static readonly Option<string> s_connection = new("--connection")
    {
        Description = "Connection string of the database; a secret in it as ${NAME} of an environment variable.",
        HelpName = "string",
    };

    private static readonly Option<string> s_kind = new("--kind")
    {
        Description = $"Its kind, where the connection does not say: {string.Join(", ", SourceDefinition.Kinds)}.",
        HelpName = "kind",
    };

    private static readonly Option<string> s_source = new("--source")
    {
        Description = "Source of the registry, instead of a connection.",
        HelpName = "name",
    };

    private static readonly Option<string> s_valueStream = new("--value-stream")
    {
        Description = "Value stream of the models.",
        HelpName = "name",
        DefaultValueFactory = _ => "value_stream_1",
    };

    private static readonly Option<string> s_model = new("--model")
    {
        Description = "Name of the model; by default that of its table or file.",
        HelpName = "name",
    };

    private static readonly Option<string> s_output = new("--output")
    {
        Description = "Where to write the draft, which must not be there yet; - for the terminal.",
        HelpName = "file",
        DefaultValueFactory = _ => "models.draft.yaml",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("init",
            "Draft a registry from data: read it once, and propose types, key, allowed values, ranges, codes and "
            + "drift settings, each with its reason. The draft is for you to review; nothing uses it by itself.");
        command.Arguments.Add(s_data);
        foreach (var option in (Option[])[s_from, s_connection, s_kind, s_source, s_valueStream, s_model, s_output])
            command.Options.Add(option);
        command.SetAction((parsed, ct) => RunAsync(Request(new Invocation(parsed, terminal)), ct));
        return command;
    }

    private static InitRequest Request(Invocation invocation) =>
        new(invocation, [.. invocation.Value(s_data) ?? [], .. invocation.Value(s_from) ?? []])
        {
            Connection = invocation.Value(s_connection),
            Kind = invocation.Value(s_kind),
            Source = invocation.Value(s_source),
            ValueStream = invocation.Value(s_valueStream)!,
            Model = invocation.Value(s_model),
            Output = invocation.Value(s_output)!,
        };

    private static Task<int> RunAsync(InitRequest request, CancellationToken ct) => request.From switch
    {
        [] when request.NamesDatabase => SourceList.WriteAsync(request, NamedSource.Of(request), ct),
        [] => SourceList.WriteAllAsync(request, ct),
        [var file, ..] when !request.NamesDatabase && NamedSource.OfFile(file) is { } source =>
            request.From.Count == 1 ? SourceList.WriteAsync(request, source, ct)
            : Drafting.RunAsync(
                request with { From = [.. request.From.Skip(1)], Connection = source.Connection, Kind = source.Kind },
                ct),
        _ => Drafting.RunAsync(request, ct),
    };
}
