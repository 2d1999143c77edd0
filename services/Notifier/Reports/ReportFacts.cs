using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>The content of a report, in the order of its sections.</summary>
public sealed class ReportFacts(RunSummary run, IReadOnlyDictionary<ModelKey, ModelFacts> known)
{
    /// <summary>The rows of one table; mail programs cut messages off at about 100 kB. The rest is counted.</summary>
    public const int MaxRows = 100;

    /// <summary>The columns shown of one model; where more have drifted, the whole model has.</summary>
    private const int ColumnsOfOneModel = 5;

    /// <summary>The number of models whose columns are shown; more would not be read.</summary>
    private const int ModelsWithColumns = 20;

    /// <summary>The warnings shown of one model; the rest is in its manifest.</summary>
    private const int WarningsOfOneModel = 5;

    /// <summary>The model names in the subject; more do not fit in a phone's list of mails.</summary>
    private const int NamesInSubject = 3;

    private static readonly ModelFacts s_nothing = new();

    /// <summary>The outcomes that need a person, in the order of the report.</summary>
    internal static readonly Outcome[] FailureOutcomes = [Outcome.Failed, Outcome.Rejected, Outcome.Missing];

    public RunSummary Run => run;

    /// <summary>How many models ended with each outcome; outcomes of no model are left out.</summary>
    public IReadOnlyList<(Outcome Outcome, int Models)> Counts { get; } =
        [.. Enum.GetValues<Outcome>().Select(outcome => (outcome, run.Count(outcome))).Where(count => count.Item2 > 0)];

    /// <summary>The models that need a person: failed, then rejected, then missing.</summary>
    public IReadOnlyList<RefreshOutcome> Failures { get; } =
        [.. FailureOutcomes.SelectMany(outcome => run.Models.Where(model => model.Outcome == outcome))];

    /// <summary>The failures by cause.</summary>
    public IReadOnlyList<FailureGroup> FailureGroups => FailureGroup.Of(Failures);

    /// <summary>The models that have drifted, the worst first.</summary>
    public IReadOnlyList<RefreshOutcome> Drifted { get; } =
        [.. run.Models
            .Where(model => model.WorstDrift is { Band: Band.Shifted or Band.Moved })
            .OrderByDescending(model => model.WorstDrift!.Band).ThenByDescending(model => model.WorstDrift!.Psi)];

    /// <summary>The models that were published with warnings.</summary>
    public IReadOnlyList<RefreshOutcome> Warned { get; } =
        [.. run.Models.Where(model => model is { Outcome: Outcome.Published, Warnings: > 0 })];

    /// <summary>The models of which the report says more than their events do.</summary>
    public IEnumerable<RefreshOutcome> NeedingDetails =>
        Failures.Take(MaxRows).Concat(Warned.Take(MaxRows)).Concat(Drifted.Take(ModelsWithColumns)).Distinct();

    /// <summary>The models that this run published or confirmed.</summary>
    public IReadOnlyList<RefreshOutcome> Served { get; } =
        [.. run.Models.Where(model => model.IsRefreshed)];

    /// <summary>
    /// The outcome in words: <c>Benchmarks refreshed: 3 published, 1 rejected (value_stream_2/model_b)</c>.
    /// </summary>
    public string Subject
    {
        get
        {
            var done = Served.Count > 0 ? "Benchmarks refreshed" : "Benchmarks not refreshed";
            var counts = Counts.Count > 0
                ? string.Join(", ", Counts.Select(CountWithNames)) : "no model has an outcome";
            return OneLine($"{done}: {counts}");
        }
    }

    /// <summary>
    /// The columns of a model that have drifted, the worst first; empty when only the worst is known.
    /// </summary>
    public IReadOnlyList<ColumnDrift> ColumnsOf(RefreshOutcome model) =>
        Drifted.Take(ModelsWithColumns).Contains(model) && KnownOf(model).Drift is { } drift
            ? [.. drift.Columns
                .Where(column => column.Band is Band.Shifted or Band.Moved)
                .OrderByDescending(column => column.Band).ThenByDescending(column => column.Psi)
                .Take(ColumnsOfOneModel)]
            : [];

    /// <summary>The warnings of a model, a sentence each; only their number when no more is known.</summary>
    public IReadOnlyList<string> WarningsOf(RefreshOutcome model)
    {
        string[] warnings = [.. KnownOf(model).Checks
            .Where(check => check.Status == CheckStatus.Warn)
            .Take(WarningsOfOneModel)
            .Select(check => check.Message)];
        var more = model.Warnings - warnings.Length;
        return more > 0
            ? [.. warnings, $"{more} {(warnings.Length > 0 ? "more" : "in total")}: see manifest.json of the version"]
            : warnings;
    }

    /// <summary>Whom to ask about a model; null when not known.</summary>
    public string? OwnerOf(RefreshOutcome model) => KnownOf(model).Owner;

    /// <summary>What to do about a failure.</summary>
    public string NextStep(RefreshOutcome model) => NextSteps.Of(run, model, KnownOf(model));

    private ModelFacts KnownOf(RefreshOutcome model) =>
        known.TryGetValue(model.Name, out var facts) ? facts : s_nothing;

    private string CountWithNames((Outcome Outcome, int Models) count)
    {
        var text = $"{count.Models} {count.Outcome.Word()}";
        if (count.Outcome == Outcome.Published && Warned.Count > 0)
            return $"{text}, {Warned.Count} with warnings";
        if (!FailureOutcomes.Contains(count.Outcome))
            return text;
        var names = run.Models.Where(model => model.Outcome == count.Outcome).Take(NamesInSubject)
            .Select(model => model.Name);
        var more = count.Models > NamesInSubject ? $" and {count.Models - NamesInSubject} more" : "";
        return $"{text} ({string.Join(", ", names)}{more})";
    }

    // A request may name a model that does not exist, with any characters.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
