using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Spectre.Console;

namespace Benchmark.Cli.Runs;

/// <summary>
/// The result of a run on a terminal: the tree of the volume, drift, warnings, failures and deliveries. Paths, ids and
/// commands are lines that only the terminal wraps, so that they can be copied.
/// </summary>
internal sealed class RunResultTables(VolumeLayout volume, Terminal terminal)
{
    private const int MaxColumns = 12;

    private readonly IAnsiConsole _console = terminal.Out;

    public void Show(RunResult result)
    {
        var findings = RunFindings.Of(result.Run, volume);
        _console.WriteLine();
        _console.Write(Tree(result.Run));
        _console.WriteLine();
        ShowDrift(result.Run, findings);
        ShowWarnings(findings);
        foreach (var model in result.Run.Models.Where(model => !model.IsRefreshed))
            ShowFailure(result.Run.RunId, model);
        _console.WriteLine();
        foreach (var delivery in result.Deliveries)
            terminal.Line($"Report {Format.Delivery(delivery)}");
        if (Intervention.Of(result.Run) is { } intervention)
            terminal.Line(intervention);
        else if (RunResultLines.WhoAndWhy(result.Run) is { Length: > 0 } asked)
            terminal.Line($"Requested {asked}");
        terminal.Line(
            $"Run {result.Run.RunId} {result.Run.State.Word()}: {RunResultLines.Counts(result.Run)}");
    }

    private Tree Tree(RunSummary run)
    {
        var tree = new Tree(Markup.Escape(volume.Root));
        foreach (var stream in run.Models.GroupBy(model => model.ValueStream))
        {
            var branch = tree.AddNode($"[bold]{Markup.Escape(stream.Key)}[/]");
            foreach (var model in stream)
                branch.AddNode(Leaf(model));
        }
        return tree;
    }

    private string Leaf(RefreshOutcome model)
    {
        var paths = volume.Model(model.ValueStream, model.Model);
        var file = Path.GetRelativePath(Path.Combine(volume.Root, model.ValueStream), paths.Benchmark);
        var outcome = model.Outcome is { } word ? Format.OutcomeMarkup(word) : "[yellow]open[/]";
        var facts = model.IsRefreshed
            ? $"version {model.Version}, {Format.Rows(model.Rows ?? 0)}{Warnings(model)}"
            : Posix.Exists(paths.Benchmark) ? "previous version stays published" : "nothing is published yet";
        return $"{Markup.Escape(file)}  {outcome}  [grey]{facts}[/]";
    }

    private static string Warnings(RefreshOutcome model) =>
        model.Warnings == 0 ? "" : $"[/], [yellow]{Format.Warnings(model.Warnings)}[/][grey]";

    private void ShowDrift(RunSummary run, RunFindings findings)
    {
        var columns = findings.WorthShowing.ToList();
        if (columns.Count == 0)
        {
            var first = run.Models.Any(model => model is { Outcome: Outcome.Published, Version: 1 });
            _console.MarkupLineInterpolated($"[grey]{(findings.Drift.Count > 0 ? findings.Quiet
                : first ? "Drift: these are first versions, with nothing to compare them with."
                : "Drift: no new data was compared.")}[/]");
            return;
        }
        var shown = columns.Take(MaxColumns).ToList();
        var bar = new DriftBar(shown.Max(column => column.Drift.Psi));
        var table = new FittingTable().Add("model").Add("column").Add("PSI / CSI").Add(bar.Scale, need: 4)
            .Add("chance", need: 3).Add("noise limit", need: 2, right: true).Add("bins", need: 1, right: true);
        foreach (var (model, drift) in shown)
            table.AddRow(
                Markup.Escape(model.ToString()), Markup.Escape(Visible.Of(drift.Column)),
                Format.BandMarkup($"{Format.Psi(drift.Psi)} {drift.Band.Word()}", drift.Band),
                Format.BandMarkup(bar.Of(drift.Psi), drift.Band),
                drift.PValue is { } p ? PValue.Text(p) : "", Format.Psi(drift.NoiseLimit),
                Format.Count(drift.BinsFilled));
        _console.MarkupLine("Drift against the previous version");
        _console.Write(table.Fit(_console));
        if (columns.Count > shown.Count)
            terminal.Note(
                $"Not stable either: {Format.Count(columns.Count - shown.Count, "more column")}: "
                + "benchmark psi MODEL --history");
    }

    private void ShowWarnings(RunFindings findings)
    {
        foreach (var model in findings.Warnings.GroupBy(pair => pair.Model, pair => pair.Warning))
        {
            _console.MarkupLineInterpolated($"\n[yellow]{model.Key}: {Format.Warnings(model.Count())}[/]");
            foreach (var warning in model)
                terminal.Line($"  {Visible.Of(warning)}");
        }
    }

    private void ShowFailure(Guid runId, RefreshOutcome model)
    {
        _console.MarkupLineInterpolated($"\n[red]{model.Name} {model.Outcome?.Word() ?? "open"}[/]");
        foreach (var line in RunResultLines.Why(model).Split('\n').Where(line => line.Length > 0))
            terminal.Line($"  {line}");
        if (model.Outcome == Outcome.Rejected)
            terminal.Line($"  Kept in {volume.Model(model.Name).Rejected(runId).Directory}");
    }
}
