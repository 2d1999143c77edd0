using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>What a report tells, in the order in which it is told.</summary>
public sealed class ReportFacts(RunSummary run, IReadOnlyDictionary<ModelKey, ModelFacts> known)
{
    /// <summary>Rows of one table: mail programs cut a message off at about 100 kB. The rest is counted.</summary>
    public const int MostRows = 100;

    /// <summary>Columns shown of one model: where more have drifted, the model as a whole has.</summary>
    private const int ColumnsOfOneModel = 5;

    /// <summary>Models of which columns are shown: nobody reads those of more in one mail.</summary>
    private const int ModelsWithColumns = 20;

    /// <summary>Warnings shown of one model: after these somebody opens its manifest.</summary>
    private const int WarningsOfOneModel = 5;

    /// <summary>Names in the subject: more do not fit in a phone's list of mails.</summary>
    private const int NamesInSubject = 3;

    private static readonly ModelFacts s_nothing = new();

    private static readonly Outcome[] s_failures = [Outcome.Failed, Outcome.Rejected, Outcome.Missing];

    public RunSummary Run => run;

    /// <summary>How many models ended how, those that none did left out.</summary>
    public IReadOnlyList<(Outcome Outcome, int Models)> Counts { get; } =
        [.. Enum.GetValues<Outcome>().Select(outcome => (outcome, run.Count(outcome))).Where(count => count.Item2 > 0)];

    /// <summary>What somebody has to do something about, machine before data before silence.</summary>
    public IReadOnlyList<RefreshOutcome> Failures { get; } =
        [.. s_failures.SelectMany(outcome => run.Models.Where(model => model.Outcome == outcome))];

    /// <summary>The models whose population is not the same any more, the furthest first.</summary>
    public IReadOnlyList<RefreshOutcome> Drifted { get; } =
        [.. run.Models
            .Where(model => model.WorstDrift is { Band: Band.Shifted or Band.Moved })
            .OrderByDescending(model => model.WorstDrift!.Psi)];

    /// <summary>What was published although checks were broken, because those only warn.</summary>
    public IReadOnlyList<RefreshOutcome> Warned { get; } =
        [.. run.Models.Where(model => model is { Outcome: Outcome.Published, Warnings: > 0 })];

    /// <summary>The models of which the report tells more than their events have told.</summary>
    public IEnumerable<RefreshOutcome> WorthLookingUp =>
        Failures.Take(MostRows).Concat(Warned.Take(MostRows)).Concat(Drifted.Take(ModelsWithColumns)).Distinct();

    /// <summary>What is being served and was looked at in this run.</summary>
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
    /// The columns of a model that have drifted, the furthest first; empty when only the worst is known.
    /// </summary>
    public IReadOnlyList<ColumnDrift> ColumnsOf(RefreshOutcome model) =>
        Drifted.Take(ModelsWithColumns).Contains(model) && KnownOf(model).Drift is { } drift
            ? [.. drift.Columns
                .Where(column => column.Band is Band.Shifted or Band.Moved)
                .OrderByDescending(column => column.Psi)
                .Take(ColumnsOfOneModel)]
            : [];

    /// <summary>What a model was warned of, a sentence each; only how many there are when no more is known.</summary>
    public IReadOnlyList<string> WarningsOf(RefreshOutcome model)
    {
        string[] warnings = [.. KnownOf(model).Checks
            .Where(check => check.Status == CheckStatus.Warn)
            .Take(WarningsOfOneModel)
            .Select(check => check.Message)];
        var more = model.Warnings - warnings.Length;
        return more > 0
            ? [.. warnings, $"{more} {(warnings.Length > 0 ? "more" : "in all")}: see manifest.json of the version"]
            : warnings;
    }

    /// <summary>Whom to ask about a model; null when nobody is known.</summary>
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
        if (!s_failures.Contains(count.Outcome))
            return text;
        var names = run.Models.Where(model => model.Outcome == count.Outcome).Take(NamesInSubject)
            .Select(model => model.Name);
        var more = count.Models > NamesInSubject ? $" and {count.Models - NamesInSubject} more" : "";
        return $"{text} ({string.Join(", ", names)}{more})";
    }

    // Names of models that do not exist are whatever somebody typed.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
