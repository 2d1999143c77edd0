using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Pages.Runs;

/// <summary>What the page of a run shows.</summary>
public sealed record RunView
{
    public required RunSummary Run { get; init; }

    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>Whether its report is on the volume.</summary>
    public required bool HasReport { get; init; }

    public bool IsOpen => Run.State == RunState.Running;

    /// <summary>The models in the order to show: failed first, then those that still run, then the rest.</summary>
    public IReadOnlyList<RefreshOutcome> Models => [.. Run.Models.OrderBy(Rank)];

    /// <summary>The models that a refresh of the failed ones is of.</summary>
    public IReadOnlyList<RefreshOutcome> Failures => [.. Run.Models.Where(HasFailed)];

    /// <summary>Where the tables of the models are found, which causes name; null when none is valid.</summary>
    public ModelRegistry? Registry { get; init; }

    /// <summary>The failures by cause.</summary>
    public IReadOnlyList<FailureGroup> Causes => FailureGroup.Of(
        Failures, model => Registry?.Find(model.ValueStream, model.Model)?.Table);

    /// <summary>Whether a refresh ended without the data of its run or newer being served.</summary>
    public static bool HasFailed(RefreshOutcome model) => model.Outcome is not null && !model.IsRefreshed;

    private static int Rank(RefreshOutcome model) => model.Outcome switch
    {
        Outcome.Failed => 0,
        Outcome.Rejected => 1,
        Outcome.Missing => 2,
        Outcome.SourceLate => 3,
        null => 4,
        Outcome.Published => 5,
        Outcome.Superseded => 6,
        _ => 7,
    };
}
