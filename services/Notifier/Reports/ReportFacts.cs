using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>The content of a report, in the order of its sections.</summary>
public sealed class ReportFacts
{
    /// <summary>The models whose files are read for one report; of more, a report says what the events said.</summary>
    private const int MostDetails = 1000;

    /// <summary>The models whose earlier versions are read: more would not be looked at.</summary>
    private const int MostHistories = 60;

    /// <summary>The outcomes that need a person, in the order of the report.</summary>
    internal static readonly Outcome[] FailureOutcomes =
        [Outcome.Failed, Outcome.Rejected, Outcome.Missing, Outcome.SourceLate];

    private static readonly ModelFacts s_nothing = new();

    private readonly IReadOnlyDictionary<ModelKey, ModelFacts> _known;

    /// <summary>The content of the report of a run.</summary>
    /// <param name="run">The run, with the models that the report is about.</param>
    /// <param name="known">What is known of its models beyond the run.</param>
    /// <param name="context">What the report says beyond its models.</param>
    public ReportFacts(
        RunSummary run, IReadOnlyDictionary<ModelKey, ModelFacts> known, ReportContext? context = null)
    {
        (Run, _known, Context) = (run, known, context ?? new ReportContext());
        Failures =
            [.. FailureOutcomes.SelectMany(outcome => run.Models.Where(model => model.Outcome == outcome))];
        FailureGroups = FailureGroup.Of(Failures, model => KnownOf(model).Definition?.Table);
        Subject = Reports.Subject.Of(this);
    }

    public RunSummary Run { get; }

    public ReportContext Context { get; }

    /// <summary>When ages are counted.</summary>
    public DateTimeOffset Now => Context.Now ?? Run.ClosedAt ?? Run.StartedAt;

    /// <summary>The outcomes in one line.</summary>
    public string Subject { get; }

    /// <summary>
    /// That a person ended the run before its end, or what they had the Publisher do; null for a refresh as any other.
    /// </summary>
    public string? Notice => Cancellation.Of(Run) ?? Cancellation.WithoutStart(Run) ?? Intervention.Of(Run);

    /// <summary>How many models ended with each outcome; outcomes of no model are left out.</summary>
    public IReadOnlyList<(Outcome Outcome, int Models)> Counts => [.. Enum.GetValues<Outcome>()
        .Select(outcome => (outcome, Run.Count(outcome))).Where(count => count.Item2 > 0)];

    /// <summary>The models that need a person: failed, rejected, missing, then those whose source is late.</summary>
    public IReadOnlyList<RefreshOutcome> Failures { get; }

    /// <summary>The failures by cause.</summary>
    public IReadOnlyList<FailureGroup> FailureGroups { get; }

    /// <summary>The models that have drifted, the worst first.</summary>
    public IReadOnlyList<RefreshOutcome> Drifted =>
        [.. Run.Models.Where(model => IsDrift(model.WorstDrift)).OrderBy(model => model.WorstDrift!, s_worstFirst)];

    /// <summary>The models that have drifted from their anchor, the worst first, as far as it is known.</summary>
    public IReadOnlyList<RefreshOutcome> DriftedSinceAnchor =>
        [.. Run.Models.Where(model => IsDrift(SinceAnchorOf(model)))
            .OrderBy(model => SinceAnchorOf(model)!, s_worstFirst)];

    /// <summary>The models that were published with warnings, or although something went wrong.</summary>
    public IReadOnlyList<RefreshOutcome> Warned =>
        [.. Run.Models.Where(model => model is
            { IsRefreshed: true, Warnings: > 0 } or { IsRefreshed: true, Reason.Length: > 0 })];

    /// <summary>Every warning that no other part of the report tells, the most frequent first.</summary>
    internal IReadOnlyList<WarningGroup> WarningGroups => field ??= WarningGroup.Of(this);

    /// <summary>The models that this run published or confirmed.</summary>
    public IReadOnlyList<RefreshOutcome> Served => [.. Run.Models.Where(model => model.IsRefreshed)];

    /// <summary>How many models the report says no more about.</summary>
    public int Rest => Run.Models.Except([.. Failures, .. Drifted, .. DriftedSinceAnchor, .. Warned]).Count();

    /// <summary>The models of which the report says more than their events do.</summary>
    public IEnumerable<RefreshOutcome> NeedingDetails =>
        Failures.Concat(Drifted).Concat(Warned).Distinct().Take(MostDetails);

    /// <summary>The models whose earlier versions the report shows.</summary>
    public IEnumerable<RefreshOutcome> NeedingHistory =>
        Drifted.Take(MostHistories).Concat(DriftedSinceAnchor.Take(MostHistories)).Distinct();

    /// <summary>Whom to ask about a model; null when not known.</summary>
    public string? OwnerOf(RefreshOutcome model) => KnownOf(model).Owner;

    /// <summary>Whether a failed model is still served, and what to do about it, as one line of text.</summary>
    public string NextStep(RefreshOutcome model) => KnownOf(model).Served switch
    {
        true => $"The previous version stays published. {new NextSteps(Run).Of([model], KnownOf(model))}",
        false => $"Nothing is published yet. {new NextSteps(Run).Of([model], KnownOf(model))}",
        null => new NextSteps(Run).Of([model], KnownOf(model)).ToString(),
    };

    /// <summary>What to do about models that failed for the same reason.</summary>
    public NextStep NextStepOf(FailureGroup group) => new NextSteps(Run).Of(group.Models, KnownOf(group.Models[0]));

    /// <summary>What is known of a model beyond the run.</summary>
    internal ModelFacts KnownOf(RefreshOutcome model) => _known.GetValueOrDefault(model.Name, s_nothing);

    /// <summary>Whether the report tells a warning as drift.</summary>
    internal bool TellsDriftOf(RefreshOutcome model, CheckResult warning) => warning.Check switch
    {
        CheckName.Drift => KnownOf(model).Drift?.Columns.Any(
            column => column.Column == warning.Column && column.Band is Band.Shifted or Band.Moved) == true,
        CheckName.CumulativeDrift =>
            SinceAnchorOf(model) is { } worst && IsDrift(worst) && worst.Column == warning.Column,
        _ => false,
    };

    private WorstDrift? SinceAnchorOf(RefreshOutcome model) => KnownOf(model).Drift?.WorstSinceAnchor;

    private static bool IsDrift(WorstDrift? drift) => drift is { Band: Band.Shifted or Band.Moved };

    private static readonly Comparer<WorstDrift> s_worstFirst = Comparer<WorstDrift>.Create((a, b) =>
        a.Band != b.Band ? b.Band.CompareTo(a.Band) : b.Psi.CompareTo(a.Psi));
}
