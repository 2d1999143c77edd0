using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Cli.Init;

/// <summary>Reads a model's rows as a refresh does, and finds what they show.</summary>
internal sealed class ModelReading(string directory)
{
    // As much as a Validator has by default.
    private const long Memory = 256 << 20;
    private const int Bins = 10;

    /// <summary>Reads them.</summary>
    /// <param name="draft">The model, which is not read yet.</param>
    /// <param name="from">What somebody named.</param>
    /// <param name="sources">The sources.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="RegistryException">The rows cannot be read.</exception>
    /// <exception cref="UsageException">There are none, or no column that a benchmark can hold.</exception>
    public async Task<ModelDraft> ReadAsync(
        ModelDraft draft, string from, IReadOnlyList<SourceDefinition> sources, CancellationToken ct)
    {
        draft = Held(draft, from, await SourceBrowser.ColumnsAsync(Registry(draft, sources), draft.Name, ct));
        var data = Path.Combine(directory, $"{draft.Name.ValueStream}-{draft.Name.Model}.csv");
        var columns = await SourceBrowser.FetchAsync(Registry(draft, sources), draft.Name, data, ct);
        try
        {
            var types = columns.ToDictionary(column => column.Name, column => column.Type);
            var scan = Scan(data, types, [], new Dictionary<string, IReadOnlyList<string>>(), ct);
            return scan.Rows > 0
                ? draft with
                {
                    Traits = ModelTraits.Of(
                        scan.Profile, (key, codes) => Scan(data, types, key, codes, ct),
                        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)),
                }
                : throw new UsageException(
                    $"{from} has no rows, which rules could be drafted from. Name another with the same columns.");
        }
        finally
        {
            File.Delete(data);
        }
    }

    private ModelRegistry Registry(ModelDraft draft, IReadOnlyList<SourceDefinition> sources)
    {
        var registry = Path.Combine(directory, "models.yaml");
        File.WriteAllText(registry, RegistryDraft.Write(sources, [draft]));
        return RegistryReader.Read(registry, new Dictionary<string, string?>(), directory);
    }

    private static ModelDraft Held(ModelDraft draft, string from, HeldColumns held) => held.IsEmpty
        ? throw new UsageException(
            $"{from} has no column that a benchmark can hold: "
            + $"{string.Join(", ", held.LeftOut.Select(column => $"{column.Name} is of type {column.Type}"))}. Write a "
            + "query that takes plain values out of them, and read a view of it.")
        : draft with
        {
            Query = held.Query ?? draft.Query,
            Remarks =
            [
                .. draft.Remarks,
                .. held.LeftOut.Select(column =>
                    $"'{column.Name}' is left out: it is of type {column.Type}, which a benchmark has no place for."),
            ],
            ColumnRemarks = draft.ColumnRemarks.Concat(held.Cast.Select(column => KeyValuePair.Create(
                column.Name, $"of type {column.Type}, which a benchmark has no place for: cast to {column.Plain}")))
                .ToDictionary(),
        };

    private static CsvScan Scan(
        string path, Dictionary<string, ColumnType> types, IReadOnlyList<string> key,
        IReadOnlyDictionary<string, IReadOnlyList<string>> codes, CancellationToken ct) => CsvScan.Of(
            path,
            name => new ColumnPlan
            {
                Name = name,
                Type = types[name],
                Bins = Bins,
                BinRules = codes.GetValueOrDefault(name) is { } special
                    ? new BinRules { Special = special } : null,
            },
            key, Memory, ct);
}
