using Benchmark.Data;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Benchmark.Cli;

/// <summary>
/// A table that fits its console: where it is too wide, the columns that are needed least are left out. What it shows,
/// it shows whole, so that names and ids can be copied.
/// </summary>
internal sealed class FittingTable
{
    private readonly List<Column> _columns = [];
    private readonly List<string[]> _rows = [];

    /// <summary>Titles of the columns that the last <see cref="Fit"/> left out.</summary>
    public IReadOnlyList<string> LeftOut { get; private set; } = [];

    /// <summary>Adds a column.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="need">How much it is needed: the lowest is left out first; <see cref="int.MaxValue"/>
    /// never.</param>
    /// <param name="wraps">Whether its cells may take several lines instead.</param>
    /// <param name="right">Whether it is aligned to the right, as numbers are.</param>
    public FittingTable Add(string title, int need = int.MaxValue, bool wraps = false, bool right = false)
    {
        _columns.Add(new Column(title, need, wraps, right));
        return this;
    }

    /// <summary>Adds a row of as many cells, in markup.</summary>
    public void AddRow(params string[] cells) => _rows.Add([.. cells.Select(Visible.Lines)]);

    /// <summary>The table, with as many columns as the console has room for.</summary>
    public Table Fit(IAnsiConsole console)
    {
        var kept = Enumerable.Range(0, _columns.Count).ToList();
        while (!Fits(kept, console) && kept.Exists(IsDroppable))
            kept.Remove(kept.Where(IsDroppable).MinBy(i => _columns[i].Need));
        LeftOut = [.. _columns.Where((_, i) => !kept.Contains(i)).Select(column => column.Title)];
        return Build(kept);

        bool IsDroppable(int i) => _columns[i].Need != int.MaxValue;
    }

    /// <summary>Whether every column has room, without a cell in several lines.</summary>
    public bool FitsWhole(IAnsiConsole console) =>
        Width(Enumerable.Range(0, _columns.Count), console) <= console.Profile.Width;

    // A column that wraps takes what is left, if that is enough to read by.
    private bool Fits(List<int> kept, IAnsiConsole console)
    {
        const int enoughToRead = 20;
        var wrapping = kept.Where(i => _columns[i].Wraps).ToList();
        var spare = wrapping.Sum(i => Math.Max(0, WidestCell(i, console) - enoughToRead));
        return Width(kept, console) - spare <= console.Profile.Width;
    }

    private int WidestCell(int i, IAnsiConsole console) =>
        _rows.Select(row => Measured(new Markup(row[i]), console)).Append(_columns[i].Title.Length).Max();

    private int Width(IEnumerable<int> kept, IAnsiConsole console) => Measured(Build([.. kept]), console);

    private static int Measured(IRenderable content, IAnsiConsole console) =>
        content.Measure(RenderOptions.Create(console, console.Profile.Capabilities), maxWidth: 10_000).Max;

    private Table Build(List<int> kept)
    {
        var table = new Table().NoBorder();
        foreach (var column in kept.Select(i => _columns[i]))
        {
            var shown = new TableColumn(new Markup($"[bold]{Markup.Escape(column.Title)}[/]"))
            {
                NoWrap = !column.Wraps,
                Padding = new Padding(0, 0, 2, 0),
            };
            table.AddColumn(column.Right ? shown.RightAligned() : shown);
        }
        foreach (var row in _rows)
            table.AddRow([.. kept.Select(i => row[i])]);
        return table;
    }

    private sealed record Column(string Title, int Need, bool Wraps, bool Right);
}
