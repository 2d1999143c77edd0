using Benchmark.Data;

namespace Benchmark.Contracts.Volume;

/// <summary>
/// The facts of a version: its <c>manifest.json</c>, and <c>benchmark.json</c> beside <c>benchmark.csv</c>.
/// </summary>
public sealed record Manifest
{
    /// <summary>The value of <see cref="Format"/>.</summary>
    public const string CurrentFormat = "benchmark/1";

    /// <summary>Always <c>benchmark/1</c>.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>The data file's dialect, always <c>benchmark-csv/1</c>.</summary>
    public string Dialect { get; init; } = "benchmark-csv/1";

    /// <summary>The value stream.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>From 1, higher by one with every publication.</summary>
    public required int Version { get; init; }

    /// <summary>
    /// The data file that these facts describe, relative to the directory that this document is in, so that it can be
    /// followed from any mount: <c>.versions/000042/benchmark.csv</c> in <c>benchmark.json</c>, <c>benchmark.csv</c> in
    /// the version's own <c>manifest.json</c>.
    /// </summary>
    public required string File { get; init; }

    /// <summary>
    /// SHA-256 of <c>manifest.json</c> of the version before, lower-case hex: a chain, in which an altered manifest
    /// shows. None for a first version.
    /// </summary>
    public string? PreviousManifestSha256 { get; init; }

    /// <summary>
    /// SHA-256 of the version's own <c>manifest.json</c>, lower-case hex: until the next version names it, only this
    /// tells that the manifest was altered. Only in <c>benchmark.json</c>.
    /// </summary>
    public string? ManifestSha256 { get; init; }

    /// <summary>SHA-256 of the data file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length of the data file.</summary>
    public required long Bytes { get; init; }

    /// <summary>
    /// SHA-256 of the version's <c>profile.json</c>, lower-case hex; none for a version from before it was recorded.
    /// </summary>
    public string? ProfileSha256 { get; init; }

    /// <summary>Rows without the header.</summary>
    public required long Rows { get; init; }

    /// <summary>Columns in file order.</summary>
    public required IReadOnlyList<ColumnFacts> Columns { get; init; }

    /// <summary>The run that published it.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Who requested the refresh.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    /// <summary>When the query was sent, UTC.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>When the version was made, UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>When the source last gave exactly this data, UTC; moves with an unchanged refresh.</summary>
    public required DateTimeOffset RefreshedAt { get; init; }

    /// <summary>
    /// When the fetch of this data, or the last one that found it unchanged, began by the clock of the volume; of a
    /// rollback, when it was made: data that was fetched before it does not replace it.
    /// </summary>
    public DateTimeOffset? VolumeTime { get; init; }

    /// <summary>
    /// The run that last found the data unchanged; none until one does. Only in <c>benchmark.json</c>.
    /// </summary>
    public Guid? RefreshedRunId { get; init; }

    /// <summary>Where the rows came from.</summary>
    public required SourceFacts Source { get; init; }

    /// <summary>SHA-256 of the registry that was used.</summary>
    public required string RegistrySha256 { get; init; }

    /// <summary>Every check that was evaluated.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Drift against the previous version; none for a first version.</summary>
    public DriftSummary? Drift { get; init; }

    /// <summary>The version whose data was rolled back to; none for a refresh.</summary>
    public int? RolledBackFrom { get; init; }

    /// <summary>The run whose rejected data a person has accepted; none for a refresh.</summary>
    public Guid? AcceptedFrom { get; init; }

    /// <summary>Who overruled failed checks, and which; none when every check passed.</summary>
    public ForcedFacts? Forced { get; init; }
}

/// <summary>A person published data that had failed checks.</summary>
public sealed record ForcedFacts
{
    /// <summary>Who; none when the request named nobody.</summary>
    public string? By { get; init; }

    /// <summary>Why, in their words; none when the request gave no reason.</summary>
    public string? Reason { get; init; }

    /// <summary>The checks that had failed, each once.</summary>
    public required IReadOnlyList<CheckName> Overruled { get; init; }
}
