using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Runs;
using Spectre.Console;

namespace Benchmark.Cli.Runs;

/// <summary>The result of a run as tables: the tree of the volume, drift, failures and deliveries.</summary>
internal sealed class RunResultTables(VolumeLayout volume)
{
    private const int MaxColumns = 12;
    private const int BarWidth = 20;

    // The PSI of a full bar, twice the default fail limit of 0.25.
    private const double FullBar = 0.5;

    public void Show(RunResult result, IAnsiConsole console)
    {
        console.WriteLine();
        console.Write(Tree(result.Run));
        console.WriteLine();
        ShowDrift(result.Run, console);
        foreach (var model in result.Run.Models.Where(model => !model.IsRefreshed))
        {
            var outcome = model.Outcome?.Word() ?? "open";
            console.MarkupLineInterpolated(
                $"\n[red]{model.ValueStream}/{model.Model} {outcome}[/] {RunResultLines.Why(model)}");
        }
        console.WriteLine();
        foreach (var delivery in result.Deliveries)
            console.MarkupLineInterpolated($"Report {Format.Delivery(delivery)}");
        console.MarkupLineInterpolated(
            $"Run {result.Run.RunId} [bold]{result.Run.State.Word()}[/]: {RunResultLines.Counts(result.Run)}");
    }

    private Tree Tree(RunSummary run)
    {
        var tree = new Tree(Markup.Escape(volume.Root));
        foreach (var stream in run.Models.GroupBy(model => model.ValueStream))
        {
            var branch = tree.AddNode($"[bold]{Markup.Escape(stream.Key)}[/]");
            foreach (var model in stream)
                branch.AddNode(Leaf(run.RunId, model));
        }
        return tree;
    }

    private string Leaf(Guid runId, RefreshOutcome model)
    {
        var paths = volume.Model(model.ValueStream, model.Model);
        var file = Path.GetRelativePath(Path.Combine(volume.Root, model.ValueStream), paths.Benchmark);
        var outcome = model.Outcome is { } word ? Format.OutcomeMarkup(word) : "[yellow]open[/]";
        var facts = model.IsRefreshed
            ? $"version {model.Version}, {Format.Count(model.Rows)} rows, {Format.Bytes(model.Bytes)}{Warnings(model)}"
            : File.Exists(paths.Benchmark) ? "the previous version stays published" : "nothing is published yet";
        var kept = model.Outcome == Outcome.Rejected
            ? $"\n[grey]kept in {Markup.Escape(paths.Relative(paths.Rejected(runId).Directory))}[/]"
            : "";
        return $"{Markup.Escape(file)}  {outcome}  [grey]{facts}[/]{kept}";
    }

    private static string Warnings(RefreshOutcome model) => model.Warnings switch
    {
        0 => "",
        1 => "[/], [yellow]1 warning[/][grey]",
        var count => $"[/], [yellow]{count} warnings[/][grey]",
    };

    private void ShowDrift(RunSummary run, IAnsiConsole console)
    {
        var compared = RunDrift.Of(run, volume);
        var columns = RunDrift.WorthShowing(compared, MaxColumns);
        if (compared.Count > 0 && columns.Count == 0)
        {
            console.MarkupLineInterpolated($"[grey]{RunDrift.Quiet(compared.Count)}[/]");
            return;
        }
        if (columns.Count == 0)
        {
            var first = run.Models.Any(model => model is { Outcome: Outcome.Published, Version: 1 });
            console.MarkupLine(first
                ? "[grey]Drift: these are first versions, with nothing to compare them with.[/]"
                : "[grey]Drift: no new data was compared.[/]");
            return;
        }
        var table = new Table().RoundedBorder().Title("Drift against the previous version")
            .AddColumns("model", "column", "PSI / CSI", "", "verdict", "bins", "noise limit", "chance");
        foreach (var (model, drift) in columns)
        {
            table.AddRow(
                Markup.Escape(model.ToString()), Markup.Escape(drift.Column), Format.Psi(drift.Psi),
                Format.BandMarkup(Bar(drift.Psi), drift.Band), Format.BandMarkup(drift.Band.Word(), drift.Band),
                Format.Count(drift.BinsFilled), Format.Psi(drift.NoiseLimit),
                drift.PValue is { } p ? PValue.Text(p) : "");
        }
        console.Write(table);
    }

    private static string Bar(double psi) => new('█', (int)Math.Ceiling(Math.Min(psi / FullBar, 1) * BarWidth));
}
