using Benchmark.Data;

namespace Benchmark.Notifier.Reports;

/// <summary>The words around the rows, the same in every form of a report.</summary>
internal static class SectionWords
{
    public const string Failures = "Not published";

    public const string Moved = "Drift against the previous version";

    public const string SinceAnchor = "Drift since the anchor";

    public const string Warnings = "Published with warnings";

    public const string StillServed = "What is served of those not published";

    // A run may be asked for in any number of words.
    private const int LongestWords = 300;

    private const int LongestNames = 2000;

    private const int MostSuspended = 20;

    /// <summary>How to read the bars.</summary>
    public static string Bars(DriftScale scale) =>
        $"Bars go from {scale}; their lines are the limits, shifted and moved. The blocks are the last "
        + $"{DriftRow.Versions} versions. PSI is of the score, CSI of any other column.";

    /// <summary>That nobody is told about some models; null when everybody is.</summary>
    public static string? Untold(ReportFacts facts) => facts.Context.Untold is [_, ..] models
        ? $"{Wording.Names([.. models.Select(model => $"{model}")], LongestNames)}: add 'notify' in the registry."
        : null;

    /// <summary>The title of <see cref="Suspended"/>.</summary>
    public const string SuspendedTitle = "Suspended: not refreshed by their schedule";

    /// <summary>The models that are left out of their schedules, a line each; none when there is none.</summary>
    public static IReadOnlyList<string> Suspended(ReportFacts facts)
    {
        var all = facts.Context.Suspended;
        IEnumerable<string> lines = all.Take(MostSuspended)
            .Select(model => Cut($"{model.Model} {model.Suspension.ToString()["suspended ".Length..]}"));
        return all.Count > MostSuspended
            ? [.. lines, $"and {Wording.Number(all.Count - MostSuspended)} more: benchmark models"] : [.. lines];
    }

    /// <summary>How many models the report says no more about; null when there are none.</summary>
    public static string? Rest(ReportFacts facts) => facts.Rest switch
    {
        0 => null,
        var rest when rest == facts.Run.Models.Count =>
            $"Nothing else to say about the {Wording.Count(rest, "model")}.",
        var rest => $"{Wording.Count(rest, "other model")}: nothing to say.",
    };

    /// <summary>Which run it was, who asked for it and where its whole report is.</summary>
    public static IEnumerable<string> Foot(ReportFacts facts)
    {
        var run = facts.Run;
        var environment = facts.Context.Environment is { Length: > 0 } name ? $"{Cut(name)}: run" : "Run";
        var closed = run.ClosedAt is null ? "" : $", closed {Wording.Time(run.ClosedAt)}";
        yield return $"{environment} {run.RunId}, {run.State.Word()}, started {Wording.Time(run.StartedAt)}{closed}.";
        if (run.RequestedBy is not null || run.Reason is not null)
            yield return "Requested by "
                + Cut($"{run.RequestedBy ?? run.Trigger?.Word()}{(run.Reason is null ? "" : $": {run.Reason}")}");
        if (facts.Context.File is { } file)
            yield return $"The whole report: {Cut(file)}";
    }

    private static string Cut(string words) => Wording.Clipped(Wording.OneLine(words), LongestWords);
}
