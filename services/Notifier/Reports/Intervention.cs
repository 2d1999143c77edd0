using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>What a person had the Publisher do by name: a rollback, or the acceptance of rejected data.</summary>
public static class Intervention
{
    private const int LongestWords = 300;

    /// <summary>In a sentence, with who and why; null for a refresh, and when nothing came of it.</summary>
    public static string? Of(RunSummary run) => run.Models is [{ IsRefreshed: true } model] && What(model) is { } what
        ? $"{char.ToUpperInvariant(what[0])}{what[1..]}{Cut(WhoAndWhy(run))}." : null;

    /// <summary>What was done to a model; null for a refresh.</summary>
    public static string? What(RefreshOutcome model) => model switch
    {
        { RolledBackTo: { } version } => $"rolled back to version {version}",
        { AcceptedFrom: { } run, Overruled: { Count: > 0 } overruled } =>
            $"accepted what run {run} rejected, overruling "
            + string.Join(", ", overruled.Select(check => check.Word())),
        { AcceptedFrom: { } run } => $"accepted what run {run} rejected",
        _ => null,
    };

    private static string WhoAndWhy(RunSummary run) =>
        $" by {run.RequestedBy ?? "an unknown person"}{(run.Reason is { Length: > 0 } reason ? $": {reason}" : "")}";

    private static string Cut(string words) => Wording.Clipped(Wording.OneLine(words).TrimEnd('.'), LongestWords);
}
