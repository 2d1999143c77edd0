using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Cli.Init;

/// <summary>Lists the tables and files that somebody can choose from.</summary>
internal static class SourceList
{
    /// <summary>Those of one source.</summary>
    public static Task<int> WriteAsync(InitRequest request, SourceDefinition source, CancellationToken ct) =>
        WriteAsync(request, [source], [], ct);

    /// <summary>Those of the registry's sources, and files in the working directory.</summary>
    public static Task<int> WriteAllAsync(InitRequest request, CancellationToken ct) =>
        WriteAsync(request, [.. NamedSource.All(request.Invocation).Values], DataFile.Here(), ct);

    private static async Task<int> WriteAsync(
        InitRequest request, IReadOnlyList<SourceDefinition> sources, IEnumerable<string> files, CancellationToken ct)
    {
        var tables = new List<(SourceDefinition? Source, string Name)>();
        foreach (var source in sources)
            tables.AddRange((await SourceBrowser.TablesAsync(source, ct)).Select(name => (source, name))!);
        tables.AddRange(files.Select(name => ((SourceDefinition?)null, name)));
        if (request.Invocation.Json)
        {
            request.Terminal.Json(tables.Select(table => new { Source = table.Source?.Name, From = table.Name }));
            return ExitCode.Done;
        }
        if (tables.Count == 0)
            throw new UsageException(sources.Count == 0
                ? $"There is no data file and no registry here. Name a file, or a table and its database with "
                    + $"--connection. {FileFormats.Known}. See benchmark init --help."
                : $"There is no table in {string.Join(", ", sources)}.");
        foreach (var (source, name) in tables)
            request.Terminal.Line(source is not null && sources.Count > 1 ? $"{source.Name}\t{name}" : name);
        request.Terminal.Note("Choose, for example:");
        request.Terminal.Note(
            $"  {ShellCommand.Program} init{Database(request, tables[0].Source)} {ShellCommand.Word(tables[0].Name)}");
        return ExitCode.Done;
    }

    private static string Database(InitRequest request, SourceDefinition? source) => source switch
    {
        null => "",
        _ when request.From is [var file] => $" {ShellCommand.Word(file)}",
        _ when request.Connection is null && NamedSource.All(request.Invocation).ContainsKey(source.Name) =>
            $" --source {source.Name}",
        _ => $" --connection {ShellCommand.Word(source.Connection)}"
            + (request.Kind is { } kind ? $" --kind {kind}" : ""),
    };
}
