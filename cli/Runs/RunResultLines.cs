using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Runs;

/// <summary>The result of a run as lines: models, drift, deliveries, and the run itself last.</summary>
internal sealed class RunResultLines(VolumeLayout volume)
{
    private const int MaxColumns = 10;

    public void Show(RunResult result, Terminal terminal)
    {
        foreach (var model in result.Run.Models)
            terminal.Line(Line(model));
        var findings = RunFindings.Of(result.Run, volume);
        foreach (var (model, drift) in findings.WorthShowing.Take(MaxColumns))
            terminal.Line(
                $"drift {model} {Visible.Of(drift.Column)} {Format.Psi(drift.Psi)} {drift.Band.Word()} "
                + $"(noise limit {Format.Psi(drift.NoiseLimit)}{Format.Chance(drift)})");
        foreach (var (model, warning) in findings.Warnings)
            terminal.Line($"warning {model} {Visible.Of(warning)}");
        foreach (var delivery in result.Deliveries)
            terminal.Line($"report {Format.Delivery(delivery)}");
        if (WhoAndWhy(result.Run) is { Length: > 0 } asked)
            terminal.Line($"requested {asked}");
        terminal.Line($"run {result.Run.RunId} {result.Run.State.Word()}: {Counts(result.Run)}");
    }

    /// <summary><c>3 published, 1 rejected</c>: zeros are left out.</summary>
    public static string Counts(RunSummary run)
    {
        (int Count, Outcome Outcome)[] counts =
        [
            (run.Published, Outcome.Published), (run.Unchanged, Outcome.Unchanged),
            (run.Superseded, Outcome.Superseded),
            (run.Rejected, Outcome.Rejected), (run.Failed, Outcome.Failed), (run.Missing, Outcome.Missing),
            (run.SourceLate, Outcome.SourceLate),
        ];
        return string.Join(", ", counts.Where(c => c.Count > 0).Select(c => $"{c.Count} {c.Outcome.Word()}"));
    }

    /// <summary><c>by anna: after the load was mended</c>, or <c>by schedule</c>; empty while nobody knows.</summary>
    public static string WhoAndWhy(RunSummary run) => WhoAndWhy(run.Trigger, run.RequestedBy, run.Reason);

    /// <inheritdoc cref="WhoAndWhy(RunSummary)"/>
    public static string WhoAndWhy(RunTrigger? trigger, string? requestedBy, string? reason)
    {
        var who = requestedBy ?? trigger?.Word();
        return who is null ? reason ?? "" : Format.OnOneLine(reason is null ? $"by {who}" : $"by {who}: {reason}");
    }

    /// <summary>What went wrong, one line each, and what to do next.</summary>
    public static string Why(RefreshOutcome model) =>
        model.Hint is null ? model.Reason ?? "" : $"{model.Reason}\n{model.Hint}";

    private static string Warnings(RefreshOutcome model) => model.Warnings == 0 ? "" : $" warnings {model.Warnings}";

    private static string Line(RefreshOutcome model)
    {
        var name = $"{model.ValueStream}/{model.Model}";
        return model.IsRefreshed
            ? string.Create(CultureInfo.InvariantCulture,
                $"{name} {model.Outcome?.Word()} version {model.Version} rows {model.Rows} bytes "
                + $"{model.Bytes}{Warnings(model)}") + (Intervention.What(model) is { } what ? $" {what}" : "")
            : $"{name} {model.Outcome?.Word() ?? "open"} in {model.Stage.Word()}: "
            + $"{Why(model).Replace("\n", "\n  ", StringComparison.Ordinal)}";
    }
}
