using System.CommandLine;
using System.Text.RegularExpressions;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Cli.Init;

/// <summary><c>benchmark init</c>: the draft of a registry from tables or files, or a list of what there is.</summary>
internal static partial class InitCommand
{
    private const string ToTerminal = "-";

    private static readonly Option<string[]> s_from = new("--from")
    {
        Description = "Table, CSV, Parquet or JSON file; may be repeated. Without it: what there is to choose.",
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
        foreach (var option in (Option[])[s_from, s_connection, s_kind, s_source, s_valueStream, s_model, s_output])
            command.Options.Add(option);
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var from = invocation.Value(s_from) ?? [];
        return from switch
        {
            [] when Named(invocation) is { } source => await ListAsync(invocation, [source], ct),
            [] => await ListAsync(invocation, [.. NamedSource.All(invocation).Values], ct, DataFile.Here()),
            [var only] when NamedSource.KindOfFile(only) is { } kind && Posix.Exists(only) =>
                await ListAsync(invocation, [NamedSource.Of($"Data Source={only}", kind)], ct),
            _ => await DraftAsync(invocation, from, ct),
        };
    }

    private static SourceDefinition? Named(Invocation invocation) =>
        (invocation.Value(s_connection), invocation.Value(s_source)) switch
        {
            (not null, not null) => throw new UsageException("Give --connection or --source, not both."),
            ({ } connection, _) => NamedSource.Of(connection, invocation.Value(s_kind)),
            (_, { } name) => NamedSource.OfRegistry(invocation, name),
            _ => null,
        };

    private static async Task<int> ListAsync(
        Invocation invocation, IReadOnlyList<SourceDefinition> sources, CancellationToken ct,
        IEnumerable<string>? files = null)
    {
        var tables = new List<(SourceDefinition? Source, string Name)>();
        foreach (var source in sources)
            tables.AddRange((await SourceBrowser.TablesAsync(source, ct)).Select(name => (source, name))!);
        tables.AddRange((files ?? []).Select(name => ((SourceDefinition?)null, name)));
        if (invocation.Json)
        {
            invocation.Terminal.Json(tables.Select(table => new { Source = table.Source?.Name, From = table.Name }));
            return ExitCode.Done;
        }
        if (tables.Count == 0)
            throw new UsageException(sources.Count == 0
                ? "There is no CSV, Parquet or JSON file and no registry here. Name a file or a table with --from, and "
                    + "the database of a table with --connection. See benchmark init --help."
                : $"There is no table in {string.Join(", ", sources)}.");
        foreach (var (source, name) in tables)
            invocation.Terminal.Line(source is not null && sources.Count > 1 ? $"{source.Name}\t{name}" : name);
        invocation.Terminal.Note("Choose, for example:");
        invocation.Terminal.Note($"  {ShellCommand.Program} init{Database(invocation, tables[0].Source)} --from "
            + ShellCommand.Word(tables[0].Name));
        return ExitCode.Done;
    }

    private static string Database(Invocation invocation, SourceDefinition? source) => source switch
    {
        null => "",
        _ when invocation.Value(s_connection) is null && NamedSource.All(invocation).ContainsKey(source.Name) =>
            $" --source {source.Name}",
        _ => $" --connection {ShellCommand.Word(source.Connection)}"
            + (invocation.Value(s_kind) is { } kind ? $" --kind {kind}" : ""),
    };

    private static async Task<int> DraftAsync(Invocation invocation, IReadOnlyList<string> from, CancellationToken ct)
    {
        var output = invocation.Value(s_output)!;
        if (output != ToTerminal && Posix.Exists(output))
            throw new UsageException($"{output} is there already. Remove it, or name another file with --output.");
        if (output != ToTerminal && Path.GetDirectoryName(Path.GetFullPath(output)) is { } directory
            && !Posix.IsDirectory(directory))
            throw new UsageException($"--output: there is no directory {directory}. Make it, or name another file.");
        if (invocation.Value(s_model) is not null && from.Count > 1)
            throw new UsageException("--model names one model, and --from is given more than once.");

        var files = from.Where(DataFile.IsNamedSo).ToList();
        var database = from.Count > files.Count
            ? Named(invocation) ?? NamedSource.OfRegistry(invocation, name: null) : null;
        List<SourceDefinition> sources =
            [.. database is null ? [] : (SourceDefinition[])[database], .. files.Count == 0 ? [] : Files(files)];
        var models = new List<ModelDraft>();
        using var scratch = new ScratchDirectory();
        var reading = new ModelReading(scratch.Path);
        foreach (var name in from)
        {
            ModelDraft model = DataFile.IsNamedSo(name)
                ? new(Key(invocation, name), DataFile.Source, $"query: {YamlText.Quoted(DataFile.Query(name))}")
                : new(Key(invocation, name), database!.Name, $"table: {YamlText.Scalar(name)}");
            if (models.Any(other => other.Name == model.Name))
                throw new UsageException(
                    $"Two of --from give the name {model.Name}. Draft them one by one, with --model.");
            invocation.Terminal.Note($"Reading {name} …");
            models.Add(await ReadAsync(reading, model, name, sources, ct));
        }
        var draft = RegistryDraft.Write(sources, models);
        if (output == ToTerminal)
            invocation.Terminal.Output.Write(draft);
        else
            Save(invocation, output, draft, models);
        return ExitCode.Done;
    }

    private static async Task<ModelDraft> ReadAsync(
        ModelReading reading, ModelDraft model, string name, IReadOnlyList<SourceDefinition> sources,
        CancellationToken ct)
    {
        var read = await reading.ReadAsync(model, sources, ct);
        if (!read.Traits!.Columns.Any(column => DataFile.HasDecimalComma(name, column)))
            return read;
        var query = YamlText.Quoted(DataFile.QueryWithDecimalComma(name));
        return await reading.ReadAsync(model with { From = $"query: {query}" }, sources, ct);
    }

    private static SourceDefinition[] Files(IEnumerable<string> files) => [DataFile.SourceOf(files)];

    private static void Save(
        Invocation invocation, string output, string draft, IReadOnlyList<ModelDraft> models)
    {
        File.WriteAllText(output, draft);
        if (invocation.Json)
            invocation.Terminal.Json(new
            {
                Draft = output,
                Models = models.Select(model => new
                {
                    model.Name.ValueStream,
                    model.Name.Model,
                    model.Traits!.Rows,
                    Columns = model.Traits.Columns.Count,
                    model.Traits.Key,
                }),
            });
        else
            foreach (var model in models)
                invocation.Terminal.Line(
                    $"{model.Name}: {Format.Rows(model.Traits!.Rows)}, {model.Traits.Columns.Count} columns, "
                    + (model.Traits.Key is [] ? "no key" : $"key {string.Join(", ", model.Traits.Key)}"));
        var registry = ShellCommand.Path(Path.GetFullPath(output));
        invocation.Terminal.Note($"Draft: {output}. Review it: each guess has its reason beside it. Next:");
        invocation.Terminal.Note($"  {ShellCommand.Program} check --registry {registry}");
        invocation.Terminal.Note($"  {ShellCommand.Program} refresh --all --registry {registry}");
        if (!Posix.Exists(invocation.RegistryPath))
            invocation.Terminal.Note($"  mv {registry} {ShellCommand.Path(Path.GetFullPath(invocation.RegistryPath))}");
    }

    private static ModelKey Key(Invocation invocation, string from)
    {
        var stream = invocation.Value(s_valueStream)!;
        var model = invocation.Value(s_model) ?? NameOf(from);
        foreach (var (option, name) in new[] { ("--value-stream", stream), ("--model", model) })
        {
            if (!SafeName.IsValid(name))
                throw new UsageException($"{option}: '{name}' is not a name ({SafeName.Pattern}).");
        }
        if (model is VolumeLayout.SharedData or VolumeLayout.Common)
            throw new UsageException(
                $"No model may be named '{model}', which is what the models of a value stream share. Name it with "
                + "--model, and in the draft move it under 'common' if it is the shared dataset.");
        return new ModelKey { ValueStream = stream, Model = model };
    }

    // Of RISK.MODEL_X and data/model_x.csv: model_x.
    private static string NameOf(string from)
    {
        var last = DataFile.IsNamedSo(from)
            ? Path.GetFileName(from).Split('.')[0] : from.Split('.')[^1];
        return Unsafe().Replace(last.Trim('"').ToLowerInvariant(), "_").TrimStart('_', '-');
    }

    [GeneratedRegex("[^a-z0-9_-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();

    /// <summary>A directory that only this user can read, and that is gone afterwards.</summary>
    private sealed class ScratchDirectory : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("benchmark-init-");

        public string Path => _directory.FullName;

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
