using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Pages.Overview;

/// <summary>What the overview shows of one model.</summary>
public sealed record ModelRow
{
    /// <summary>The model as the registry has it.</summary>
    public required ModelDefinition Model { get; init; }

    /// <summary>What is served of it.</summary>
    public required ModelStatus Status { get; init; }

    /// <summary>The worst PSI of each of the newest versions, oldest first; null where nothing was compared.</summary>
    public required IReadOnlyList<double?> History { get; init; }

    /// <summary>Why its manifest cannot be read; null when it can, or there is none.</summary>
    public string? Damage { get; init; }

    /// <summary>How its last refresh ended; null when none is known.</summary>
    public LatestRefresh? Latest { get; init; }

    public ModelKey Name => Model.Name;

    public Outcome? Outcome => Latest?.Refresh.Outcome;

    public bool HasFailed => Latest is { Refresh: { Outcome: not null, IsRefreshed: false } };

    public bool IsPublished => Status.Version is not null;

    /// <summary>Whether what is served is older than its schedule allows.</summary>
    public bool IsLate => IsPublished && Status.Late;

    /// <summary>The worse of the verdicts on the last change and on all since the anchor; null without one.</summary>
    public Band? WorstBand => ((Band?[])[Status.WorstDrift?.Band, Status.WorstSinceAnchor?.Band])
        .Where(band => band is Band.Shifted or Band.Moved).Max();

    /// <summary>The <see cref="Rank"/> of what needs no person.</summary>
    internal const int NothingToDo = 9;

    /// <summary>The order of the overview: what needs a person first.</summary>
    internal int Rank => this switch
    {
        { Damage: not null } => 0,
        { Outcome: Contracts.Outcome.Failed } => 1,
        { Outcome: Contracts.Outcome.Rejected } => 2,
        { Outcome: Contracts.Outcome.Missing } => 3,
        { Outcome: Contracts.Outcome.SourceLate } => 4,
        { IsPublished: false } => 5,
        { IsLate: true } => 6,
        { WorstBand: Band.Moved } => 7,
        { WorstBand: Band.Shifted } => 8,
        _ => NothingToDo,
    };
}
