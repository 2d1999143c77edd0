using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Fetcher;
using Benchmark.Notifier.Runs;
using Spectre.Console;

namespace Benchmark.Cli.Runs;

/// <summary>Progress as a live table: one row per model with its stages, and a count of the rest.</summary>
internal sealed class ProgressTable(Guid runId, FetchProgress? fetches)
{
    private const int MaxRows = 30;

    private static readonly Stage[] s_stages = Enum.GetValues<Stage>();

    private static readonly Comparer<ModelKey> s_byName =
        Comparer<ModelKey>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()));

    private readonly SortedDictionary<ModelKey, RefreshOutcome> _open = new(s_byName);
    private readonly SortedDictionary<ModelKey, RefreshOutcome> _ended = new(s_byName);

    public Table Table { get; } = new Table().NoBorder()
        .AddColumns(["", .. s_stages.Select(stage => stage.Word()), ""]);

    public void Show(RunChanges changes)
    {
        foreach (var model in changes.Models)
        {
            _open.Remove(model.Name);
            _ended.Remove(model.Name);
            (model.Outcome is null ? _open : _ended).Add(model.Name, model);
        }
        Table.Rows.Clear();
        foreach (var model in Shown())
            Table.AddRow(Row(model));
        var all = _open.Count + _ended.Count;
        if (all > MaxRows)
            Table.AddRow(new Markup($"[grey]{_ended.Count} of {all} done[/]"));
    }

    // In a long run, unfinished models come first, because the rows are few.
    private IEnumerable<RefreshOutcome> Shown() => _open.Count + _ended.Count > MaxRows
        ? _open.Values.Concat(_ended.Values).Take(MaxRows)
        : _open.Concat(_ended).OrderBy(pair => pair.Key, s_byName).Select(pair => pair.Value);

    private Markup[] Row(RefreshOutcome model)
    {
        return
        [
            new Markup(Markup.Escape($"{model.ValueStream}/{model.Model}")),
            .. s_stages.Select(stage => new Markup(Mark(model, stage))),
            new Markup(model.Outcome is { } outcome ? Format.OutcomeMarkup(outcome)
                : fetches?.Find(runId, model.Name) is { } soFar ? $"[grey]{Format.SoFar(soFar)}[/]"
                : ""),
        ];
    }

    private static string Mark(RefreshOutcome model, Stage stage) =>
        stage < model.Stage || stage == model.Stage && model.IsRefreshed ? "[green]✓[/]"
        : stage > model.Stage ? "[grey]·[/]"
        : model.Outcome is null ? "[blue]…[/]"
        : "[red]✗[/]";
}
