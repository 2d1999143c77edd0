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

    /// <exception cref="RegistryException">The rows cannot be read.</exception>
    /// <exception cref="UsageException">There are none.</exception>
    public async Task<ModelDraft> ReadAsync(
        ModelDraft draft, IReadOnlyList<SourceDefinition> sources, CancellationToken ct)
    {
        var registry = Path.Combine(directory, "models.yaml");
        var data = Path.Combine(directory, $"{draft.Name.ValueStream}-{draft.Name.Model}.csv");
        await File.WriteAllTextAsync(registry, RegistryDraft.Write(sources, [draft]), ct);
        var columns = await SourceBrowser.FetchAsync(
            RegistryReader.Read(registry, new Dictionary<string, string?>(), directory), draft.Name, data, ct);
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
                    $"{draft.From} gives no rows, so there is nothing to draft rules from. Name another with --from.");
        }
        finally
        {
            File.Delete(data);
        }
    }

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
