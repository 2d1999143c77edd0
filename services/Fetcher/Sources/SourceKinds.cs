using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources.DuckDb;
using Benchmark.Fetcher.Sources.Postgres;
using Benchmark.Fetcher.Sources.Snowflake;
using Benchmark.Fetcher.Sources.Sqlite;

namespace Benchmark.Fetcher.Sources;

/// <summary>The kinds of source a process reads from, by the names that the registry gives them.</summary>
internal sealed class SourceKinds(IReadOnlyDictionary<string, SourceKind> kinds)
{
    /// <summary>A reader for each of <see cref="SourceDefinition.Kinds"/>.</summary>
    public static SourceKinds BuiltIn { get; } = new(new Dictionary<string, SourceKind>
    {
        ["duckdb"] = new DuckDbSource(),
        ["postgres"] = new PostgresSource(),
        ["snowflake"] = new SnowflakeSource(SnowflakeDriver.Load),
        ["sqlite"] = new SqliteSource(),
    });

    private readonly Dictionary<string, SourceKind> _kinds = new(kinds, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Names => _kinds.Keys;

    /// <exception cref="FetchRefusedException">There is no such kind.</exception>
    public SourceKind Of(SourceDefinition source) =>
        _kinds.GetValueOrDefault(source.Kind) ?? throw new FetchRefusedException(
            $"The source '{source.Name}' is of kind '{source.Kind}', which does not exist.",
            $"Use one of {string.Join(", ", SourceDefinition.Kinds)}.");
}
