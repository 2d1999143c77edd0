using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher.Sources;

/// <summary>The kinds of source there are.</summary>
internal static class SourceKinds
{
    private static readonly Dictionary<string, SourceKind> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["duckdb"] = new DuckDbSource(),
        ["postgres"] = new PostgresSource(),
        ["snowflake"] = new SnowflakeSource(),
        ["sqlite"] = new SqliteSource(),
    };

    /// <exception cref="FetchRefusedException">There is no such kind.</exception>
    public static SourceKind Of(SourceDefinition source) =>
        s_kinds.GetValueOrDefault(source.Kind) ?? throw new FetchRefusedException(
            $"The source '{source.Name}' is of kind '{source.Kind}', which does not exist.",
            $"Use one of {string.Join(", ", SourceDefinition.Kinds)}.");
}
