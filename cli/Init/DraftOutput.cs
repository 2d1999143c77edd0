using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Init;

/// <summary>Where a draft goes, and what is next.</summary>
internal sealed class DraftOutput
{
    private const string ToTerminal = "-";

    private readonly InitRequest _request;

    /// <exception cref="UsageException">A file cannot be made there.</exception>
    public DraftOutput(InitRequest request)
    {
        _request = request;
        var output = request.Output;
        if (output == ToTerminal)
            return;
        if (Posix.Exists(output))
            throw new UsageException($"{output} is there already. Remove it, or name another file with --output.");
        if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } directory && !Posix.IsDirectory(directory))
            throw new UsageException($"--output: there is no directory {directory}. Make it, or name another file.");
    }

    /// <summary>Writes a draft, and what was drafted.</summary>
    public void Write(string draft, IReadOnlyList<ModelDraft> models)
    {
        if (_request.Output == ToTerminal)
        {
            _request.Terminal.Output.Write(draft);
            return;
        }
        File.WriteAllText(_request.Output, draft);
        if (_request.Invocation.Json)
            _request.Terminal.Json(new
            {
                Draft = _request.Output,
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
                _request.Terminal.Line(
                    $"{model.Name}: {Format.Rows(model.Traits!.Rows)}, {model.Traits.Columns.Count} "
                    + (model.Traits.Columns.Count == 1 ? "column, " : "columns, ")
                    + (model.Traits.Key is [] ? "no key" : $"key {string.Join(", ", model.Traits.Key)}"));
        WriteNext(models);
    }

    // Each line can be pasted once the one before it is done.
    private void WriteNext(IReadOnlyList<ModelDraft> models)
    {
        var terminal = _request.Terminal;
        var registry = Path.GetFullPath(_request.Invocation.RegistryPath);
        var draft = Path.GetFullPath(_request.Output);
        var program = ShellCommand.Program;
        var option = registry == Path.GetFullPath(new RegistryOptions().Path)
            ? "" : $" --registry {ShellCommand.Path(registry)}";
        terminal.Note($"Draft: {_request.Output}. Review it: each guess has its reason beside it. Next:");
        if (registry != draft && Posix.Exists(registry))
        {
            terminal.Note($"  {program} check --registry {ShellCommand.Path(draft)}");
            terminal.Note(
                $"There is a registry already: copy the draft's sources and models into {ShellCommand.Path(registry)}, "
                + "then:");
        }
        else if (registry != draft)
            terminal.Note($"  mv {ShellCommand.Path(draft)} {ShellCommand.Path(registry)}");
        terminal.Note($"  {program} check{option}");
        terminal.Note($"  {program} refresh {string.Join(' ', models.Select(model => model.Name))}{option}");
    }
}
