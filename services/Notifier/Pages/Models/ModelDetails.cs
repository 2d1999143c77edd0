using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Pages.Charts;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>All that the page of a model shows; also the JSON of <c>/api/models/…</c>.</summary>
public sealed record ModelDetails
{
    /// <summary>What is served, how old it is and how far it has drifted.</summary>
    public required ModelStatus Status { get; init; }

    /// <summary>What could not be read, in words.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public string? Owner { get; init; }

    /// <summary>When it is refreshed: cron, in <see cref="TimeZone"/>.</summary>
    public required string Schedule { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>Name of the source that the registry names.</summary>
    public required string Source { get; init; }

    /// <summary>Who is told of its refreshes, and of which.</summary>
    public required ToldOf Told { get; init; }

    /// <summary>SHA-256 of the registry as it is now.</summary>
    public required string RegistrySha256 { get; init; }

    /// <summary>Where the served data is from; null before the first version.</summary>
    public ServedFacts? Served { get; init; }

    /// <summary>The versions that are kept, newest first.</summary>
    public IReadOnlyList<VersionEntry> Versions { get; init; } = [];

    /// <summary>The moments of <see cref="Columns"/>: versions, and what was rejected after the newest.</summary>
    public IReadOnlyList<ModelMoment> Moments { get; init; } = [];

    /// <summary>How each column has moved: the score first, then those furthest from their limits.</summary>
    public IReadOnlyList<ColumnHistory> Columns { get; init; } = [];

    /// <summary>The bins of the columns that moved most, of the newest moment.</summary>
    public IReadOnlyList<ColumnBins> Bins { get; init; } = [];

    /// <summary>The checks of the newest moment, failed ones first.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>How its newest refreshes ended, newest first.</summary>
    public IReadOnlyList<LatestRefresh> Refreshes { get; init; } = [];
}

/// <summary>Where served data is from.</summary>
public sealed record ServedFacts
{
    public required long Bytes { get; init; }

    /// <summary>How many columns it has.</summary>
    public required int Columns { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>The source, the SHA-256 of the query, and the source's own id of it.</summary>
    public required SourceFacts Source { get; init; }

    /// <summary>SHA-256 of the registry that was used.</summary>
    public required string RegistrySha256 { get; init; }

    public required Guid RunId { get; init; }
}

/// <summary>A version, or rejected data, as a moment.</summary>
public sealed record ModelMoment
{
    /// <summary><c>version 7</c> or <c>the rejected data</c></summary>
    public required string Name { get; init; }

    /// <summary>Null for rejected data.</summary>
    public int? Version { get; init; }

    public required Guid RunId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null where that is not known.</summary>
    public long? Rows { get; init; }

    /// <summary>The version that its drift is measured against.</summary>
    public int? AgainstVersion { get; init; }

    /// <summary>The anchor of its cumulative drift.</summary>
    public int? AnchorVersion { get; init; }

    internal static ModelMoment Of(Snapshot snapshot) => new()
    {
        Name = snapshot.Name,
        Version = snapshot.Version,
        RunId = snapshot.RunId,
        At = snapshot.At,
        Rows = snapshot.Rows,
        AgainstVersion = snapshot.Drift?.AgainstVersion,
        AnchorVersion = snapshot.Drift?.AnchorVersion,
    };
}

/// <summary>The bins of a column on both sides of a comparison.</summary>
public sealed record ColumnBins
{
    public required string Column { get; init; }

    /// <summary><c>PSI</c> or <c>CSI</c></summary>
    public required string Index { get; init; }

    public required double Psi { get; init; }

    public required Band Band { get; init; }

    /// <summary>The version that has the expected shares.</summary>
    public required int AgainstVersion { get; init; }

    /// <summary>What has the actual shares: <c>version 7</c> or <c>the rejected data</c>.</summary>
    public required string Of { get; init; }

    /// <summary>Whether the actual shares are counted; else estimated from the profile's own bins.</summary>
    public required bool IsExact { get; init; }

    public required IReadOnlyList<BinShare> Bins { get; init; }
}
