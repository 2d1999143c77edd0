using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Fetcher;
using Benchmark.Notifier.Runs;
using Spectre.Console;

namespace Benchmark.Cli.Runs;

/// <summary>Progress as a live table: a row per model with its stages; the tail of a long list is summed up.</summary>
internal sealed class ProgressTable(FetchProgress? fetches)
{
    private const int MostRows = 30;

    private static readonly Stage[] s_stages = Enum.GetValues<Stage>();

    public Table Table { get; } = new Table().NoBorder()
        .AddColumns(["", .. s_stages.Select(stage => stage.Word()), ""]);

    public void Show(RunSummary run)
    {
        Table.Rows.Clear();
        // Unfinished models first: with hundreds of them, those are the ones worth the few lines of a terminal.
        foreach (var model
            in run.Models.OrderBy(model => run.Models.Count > MostRows && model.Outcome is not null).Take(MostRows))
            Table.AddRow(Row(run.RunId, model));
        if (run.Models.Count > MostRows)
            Table.AddRow(
                new Markup($"[grey]{run.Models.Count(m => m.Outcome is not null)} of {run.Models.Count} done[/]"));
    }

    private Markup[] Row(Guid runId, RefreshOutcome model)
    {
        return
        [
            new Markup(Markup.Escape($"{model.ValueStream}/{model.Model}")),
            .. s_stages.Select(stage => new Markup(Mark(model, stage))),
            new Markup(model.Outcome is { } outcome ? Text.OutcomeMarkup(outcome)
                : fetches?.Find(runId, model.Name) is { } soFar ? $"[grey]{Text.SoFar(soFar)}[/]"
                : ""),
        ];
    }

    private static string Mark(RefreshOutcome model, Stage stage) =>
        stage < model.Stage || stage == model.Stage && model.IsRefreshed ? "[green]✓[/]"
        : stage > model.Stage ? "[grey]·[/]"
        : model.Outcome is null ? "[blue]…[/]"
        : "[red]✗[/]";
}
