using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>
/// The outcome of a run in one line: <c>[prod] Benchmarks September: 298 published, 2 rejected, 1 missing</c>.
/// </summary>
internal static class Subject
{
    /// <summary>What a phone's list of mails shows, and Slack's header takes.</summary>
    public const int MaxLength = 120;

    private const int LongestEnvironment = 30;

    /// <summary>The longest form that fits.</summary>
    public static string Of(ReportFacts facts)
    {
        var (run, context) = (facts.Run, facts.Context);
        var ended = Ended(facts);
        string[] forms =
        [
            .. Titles(run, context).Select(title => $"{Environment(context)}{title}: {ended}"),
            $"{Environment(context)}{Titles(run, context)[^1]}: {Failed(facts)}",
        ];
        var fitting = forms.Select(Wording.OneLine).FirstOrDefault(form => form.Length <= MaxLength);
        return fitting ?? Wording.Clipped(Wording.OneLine(forms[^1]), MaxLength);
    }

    private static string Environment(ReportContext context) => context.Environment is { Length: > 0 } environment
        ? $"[{Wording.Clipped(environment, LongestEnvironment)}] " : "";

    // From the one that says most to the shortest.
    private static IReadOnlyList<string> Titles(RunSummary run, ReportContext context)
    {
        var cancelled = Cancellation.Of(run) is null ? "" : " cancelled";
        var stream = context.ValueStream is { } only ? $", {only}" : "";
        var time = context.Month ?? Wording.Day(run.StartedAt);
        string[] timed = [$"Benchmarks {time}{stream}{cancelled}", $"Benchmarks {time}{cancelled}"];
        var names = string.Join(", ", run.Models.Take(4).Select(model => model.Name));
        return run.Trigger == RunTrigger.Schedule || run.Models.Count is 0 or > 3
            ? timed : [$"{(run.Models.Count == 1 ? "Benchmark" : "Benchmarks")} {names}{cancelled}", .. timed];
    }

    // Of one model the number says nothing.
    private static string Ended(ReportFacts facts)
    {
        if (facts is { Run: { Models.Count: 1, Trigger: not RunTrigger.Schedule }, Counts: [var (only, _)] })
            return facts.Run.Models is [{ RolledBackTo: { } version, IsRefreshed: true }]
                ? $"rolled back to version {version}"
                : facts.Run.Models is [{ AcceptedFrom: not null, IsRefreshed: true }] ? "accepted after all"
                : only.Word();
        var counts = facts.Counts.Select(count => Count(count.Outcome.Word(), count.Models)).ToList();
        var open = facts.Run.Models.Count(model => model.Outcome is null);
        if (open > 0)
            counts.Add(Count("running", open));
        return counts.Count > 0 ? string.Join(", ", counts) : "no models";
    }

    private static string Failed(ReportFacts facts)
    {
        string[] counts =
        [
            Count("refreshed", facts.Served.Count),
            .. facts.Counts.Where(count => ReportFacts.FailureOutcomes.Contains(count.Outcome))
                .Select(count => Count(count.Outcome.Word(), count.Models)),
        ];
        return string.Join(", ", counts);
    }

    private static string Count(string word, int models) =>
        string.Create(CultureInfo.InvariantCulture, $"{models} {word}");
}
