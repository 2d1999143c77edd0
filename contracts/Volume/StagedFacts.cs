using Benchmark.Data;

namespace Benchmark.Contracts.Volume;

/// <summary>
/// <c>staged.json</c>: the facts of the data that the Fetcher has staged, which later services check.
/// </summary>
public sealed record StagedFacts
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The value stream.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The attempt at this refresh, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>SHA-256 of the data file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length of the data file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Rows without the header.</summary>
    public required long Rows { get; init; }

    /// <summary>Columns in file order, of the types that the registry declares, and else those of the source.</summary>
    public required IReadOnlyList<ColumnFacts> Columns { get; init; }

    /// <summary>When the query was sent, UTC: the data is at least this fresh.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>
    /// When the fetch began by the clock of the volume, which is one for all machines: of two fetches of a model, the
    /// later one is served.
    /// </summary>
    public DateTimeOffset? VolumeTime { get; init; }

    /// <summary>When the run started, UTC; none when the request does not say.</summary>
    public DateTimeOffset? RunStartedAt { get; init; }

    /// <summary>Where the rows came from.</summary>
    public required SourceFacts Source { get; init; }

    /// <summary>SHA-256 of the registry that was used.</summary>
    public required string RegistrySha256 { get; init; }

    /// <summary>Who requested the refresh.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether failed checks against the published version only warn (<c>--force</c>).</summary>
    public bool Force { get; init; }

    /// <summary>
    /// Whether it is this model's: of two that have one directory, by a symbolic link, each finds what is the other's.
    /// </summary>
    public bool IsOf(string valueStream, string model) => (ValueStream, Model) == (valueStream, model);
}

/// <summary>Where rows came from.</summary>
public sealed record SourceFacts
{
    /// <summary>The source's name in the registry.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="Registry.SourceDefinition.Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>SHA-256 of the query text that was sent, lower-case hex.</summary>
    public required string QuerySha256 { get; init; }

    /// <summary>The moment whose data was read, UTC (<c>as_of: run</c>); none for that of the query.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The source's own id of the query, where it gives one.</summary>
    public string? QueryId { get; init; }
}
