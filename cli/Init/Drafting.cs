using Benchmark.Contracts.Registry;

namespace Benchmark.Cli.Init;

/// <summary>Drafts models from tables and files.</summary>
internal sealed class Drafting : IDisposable
{
    private readonly InitRequest _request;
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("benchmark-init-");
    private readonly LocalFiles _files = new();
    private readonly ModelReading _reading;

    public Drafting(InitRequest request) => (_request, _reading) = (request, new ModelReading(_scratch.FullName));

    public void Dispose()
    {
        _files.Dispose();
        _scratch.Delete(recursive: true);
    }

    /// <summary>Reads what was named, and writes the draft.</summary>
    /// <exception cref="RegistryException">The rows cannot be read.</exception>
    /// <exception cref="UsageException">Something else is missing or wrong, and it says what.</exception>
    public static async Task<int> RunAsync(InitRequest request, CancellationToken ct)
    {
        var output = new DraftOutput(request);
        if (request.Model is not null && request.From.Count > 1)
            throw new UsageException("--model names one model, and more than one table or file is named.");
        using var drafting = new Drafting(request);
        await drafting.WriteAsync(output, ct);
        return ExitCode.Done;
    }

    private async Task WriteAsync(DraftOutput output, CancellationToken ct)
    {
        var named = _request.From
            .Select(from => (From: from, File: DataFile.Of(from, _request.NamesDatabase, _files))).ToList();
        var files = named.Where(one => one.File is not null).Select(one => one.File!).ToList();
        var database = named.Find(one => one.File is null).From is { } table
            ? NamedSource.Of(_request, table) : null;
        NoteAlike(files);
        List<SourceDefinition> sources =
        [
            .. database is null ? [] : (SourceDefinition[])[database],
            .. files.Count == 0 ? [] : (SourceDefinition[])[DataFile.SourceOf(files)],
        ];
        var models = new List<ModelDraft>();
        foreach (var (from, file) in named)
        {
            var name = ModelName.Of(_request, from, file);
            if (models.Any(other => other.Name == name))
                throw new UsageException(
                    $"Two of what is named give the name {name}. Draft them one by one, with --model.");
            _request.Terminal.Note($"Reading {from} …");
            var model = file is not null
                ? await ReadAsync(new ModelDraft(name, DataFile.Source), file, sources, ct)
                : await _reading.ReadAsync(new ModelDraft(name, database!.Name) { Table = from }, from, sources, ct);
            foreach (var remark in model.Remarks)
                _request.Terminal.Note($"  {remark}");
            foreach (var (column, remark) in model.ColumnRemarks)
                _request.Terminal.Note($"  '{column}': {remark}.");
            models.Add(model);
        }
        output.Write(RegistryDraft.Write(sources, models), models);
    }

    // What a shell makes of data/*.csv without quotes.
    private void NoteAlike(IReadOnlyList<DataFile> files)
    {
        var alike = files.GroupBy(
            file => Path.Combine(Path.GetDirectoryName(file.Given)!, $"*{Path.GetExtension(file.Given)}"));
        foreach (var several in alike.Where(several => several.Count() > 1))
            _request.Terminal.Note(
                $"Each of {string.Join(", ", several.Select(file => file.Given))} becomes a model. If they are parts "
                + $"of one, name them together, in quotes: '{several.Key}'.");
    }

    private async Task<ModelDraft> ReadAsync(
        ModelDraft model, DataFile file, IReadOnlyList<SourceDefinition> sources, CancellationToken ct)
    {
        var reading = ColumnsAcross.Of(
            file.Format == FileFormat.Csv ? CsvForm.Of(file, _files, ct) : FileReading.Of(file), _files, ct);
        if (file.Format != FileFormat.Csv)
            return await _reading.ReadAsync(reading.Draft(model), file.Given, sources, ct);
        (reading, var read) = await ReadTextAsync(model, reading, sources, ct);
        RequireQuotes(reading, read, ct);
        foreach (var suggestion in CsvValues.Suggested(reading, read.Traits!.Columns))
        {
            var tried = reading.With(suggestion.Setting);
            if (await TryReadAsync(model, tried, sources, ct) is { } other
                && suggestion.HasHelped(read.Traits!.Columns, other.Traits!.Columns))
                (reading, read) = (tried, other);
        }
        return read;
    }

    private async Task<(FileReading Reading, ModelDraft Read)> ReadTextAsync(
        ModelDraft model, FileReading reading, IReadOnlyList<SourceDefinition> sources, CancellationToken ct)
    {
        try
        {
            return (reading, await _reading.ReadAsync(reading.Draft(model), reading.File.Given, sources, ct));
        }
        catch (RegistryException)
        {
            if (Fault(reading, ct) is { } fault)
                throw new UsageException(fault);
            if (LateTypes.Of(reading, _files) is { } types && await TryReadAsync(model, types, sources, ct) is { } read)
                return (types, read);
            throw;
        }
    }

    // Null when it cannot be read so.
    private async Task<ModelDraft?> TryReadAsync(
        ModelDraft model, FileReading reading, IReadOnlyList<SourceDefinition> sources, CancellationToken ct)
    {
        try
        {
            return await _reading.ReadAsync(reading.Draft(model), reading.File.Given, sources, ct);
        }
        catch (RegistryException)
        {
            return null;
        }
    }

    // Where one quote is broken, DuckDB takes all of them for parts of the values.
    private static void RequireQuotes(FileReading reading, ModelDraft read, CancellationToken ct)
    {
        if (read.Traits!.Columns.Any(column => column.Top.Any(value => value.Value is ['"', .., '"']))
            && Fault(reading, ct) is { } fault)
            throw new UsageException(fault);
    }

    private static string? Fault(FileReading reading, CancellationToken ct) => reading.File.Paths
        .Select(path => CsvForm.Fault(reading, path, ct))
        .FirstOrDefault(fault => fault is not null);
}
