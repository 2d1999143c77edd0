namespace Benchmark.Contracts.Registry;

/// <summary>A place that rows come from.</summary>
public sealed record SourceDefinition
{
    /// <summary>The kinds there are: the one list of them. For each the Fetcher has a reader.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["snowflake", "duckdb", "postgres", "sqlite"];

    /// <summary>Its name in the registry.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// The connection string as the registry has it: <c>${NAME}</c> stands for a variable of whoever opens the source.
    /// May hold a secret: never logged.
    /// </summary>
    public required string Connection { get; init; }

    /// <summary>The environment variables that the connection names, each once.</summary>
    public IReadOnlyList<string> Variables => Placeholders.In(Connection);

    /// <summary>
    /// Fetches that one process runs against it at a time; a Fetcher runs 4 in all, or as many as it has cores, unless
    /// its setting Fetcher:ConcurrentFetches says otherwise.
    /// </summary>
    public int MaxConcurrentFetches { get; init; } = 4;

    /// <summary>Whether a Snowflake password is accepted; key pair or token otherwise.</summary>
    public bool AllowPassword { get; init; }

    /// <summary>
    /// Of a DuckDB source: the files and directories that its queries may read beside the database, as the registry has
    /// them.
    /// </summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>
    /// Whether nobody wrote it: the source that <c>SNOWFLAKE_CONN</c> makes where the registry has none.
    /// </summary>
    public bool Implicit { get; init; }

    /// <summary>
    /// The same source with each <c>${NAME}</c> of its connection replaced; only who opens the source needs that.
    /// </summary>
    /// <param name="environment">The variables; one that is empty counts as not set.</param>
    /// <param name="missing">The variables that are not set; their places stay as they are.</param>
    public SourceDefinition Expand(
        IReadOnlyDictionary<string, string?> environment, out IReadOnlyList<string> missing) =>
        this with { Connection = ConnectionText.Expand(Connection, environment, out missing) };

    /// <summary>Name and kind; the connection is a secret.</summary>
    public override string ToString() => $"{Name} ({Kind})";
}
