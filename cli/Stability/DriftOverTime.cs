using Benchmark.Data;
using Benchmark.Data.Stability;
using Spectre.Console;

namespace Benchmark.Cli.Stability;

/// <summary>The PSI of every column over time: columns down, files or versions across.</summary>
/// <param name="reference">What they are compared with.</param>
/// <param name="convention">How a bin that is empty on one side is handled.</param>
internal sealed class DriftOverTime(string reference, PsiConvention convention)
{
    private readonly List<Moment> _moments = [];
    private readonly List<string> _leftOut = [];

    /// <summary>How the command ends: whether a column moved at some time, or none could be compared.</summary>
    public int ExitCode
    {
        get
        {
            var bands = _moments.SelectMany(moment => moment.Columns).Select(column => column.Band).ToList();
            return bands.Contains(Band.Moved) ? Cli.ExitCode.SomeNotRefreshed
                : bands.All(band => band == Band.NotComparable) ? Cli.ExitCode.Usage
                : Cli.ExitCode.Done;
        }
    }

    /// <summary>Whether no column was compared at any time.</summary>
    public bool IsEmpty => _moments.All(moment => moment.Columns.Count == 0);

    /// <summary>That every convention at once would need a table for each.</summary>
    public static UsageException OneConvention() => new(
        $"--convention {PsiOptions.AllConventions} is for one file: name one convention to see it over time.");

    /// <summary>Adds a file or version, in the order of time.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="reading">How it was read, for <c>--json</c>; null for a version, which is in the dialect.</param>
    public void Add(string name, long rows, IReadOnlyList<ColumnStability> columns, object? reading = null) =>
        _moments.Add(new Moment(name, rows, columns, reading));

    /// <summary>Leaves out a file that is no data.</summary>
    /// <returns>What the reader has to know of it.</returns>
    public string LeaveOut(string name)
    {
        _leftOut.Add(name);
        return $"{name} is left out: it is no table with a column of {reference}.";
    }

    /// <summary>Shows the result.</summary>
    public void Show(Invocation invocation)
    {
        if (invocation.Json)
            invocation.Terminal.Json(new
            {
                Convention = convention.Name,
                Reference = reference,
                Moments = _moments,
                LeftOut = _leftOut,
            });
        else if (invocation.Terminal.IsInteractive)
            Draw(invocation.Terminal.Out);
        else
            Write(invocation.Terminal);
        foreach (var moment in _moments)
        {
            foreach (var column in moment.Columns.Where(column => column.Band == Band.NotComparable))
                invocation.Terminal.Note(
                    $"{moment.Name}, column {column.Column}: {column.Band.Word()}, {column.Reason}.");
        }
    }

    private IEnumerable<string> Names => _moments.SelectMany(moment => moment.Columns).Select(c => c.Column).Distinct();

    // On a narrow terminal the newest stay, because a person asks about these.
    private void Draw(IAnsiConsole console)
    {
        var table = new FittingTable().Add("column");
        for (var i = 0; i < _moments.Count; i++)
            table.Add(_moments[i].Name, need: i == _moments.Count - 1 ? int.MaxValue : i, right: true);
        foreach (var name in Names)
            table.AddRow(
                [Markup.Escape(Visible.Of(name)), .. _moments.Select(moment => Find(moment, name) is { } column
                    ? $"{Format.Psi(column.Psi)} {Format.BandMarkup(column.Band.Word(), column.Band)}" : "")]);
        table.AddRow(["rows", .. _moments.Select(moment => Format.Count(moment.Rows))]);
        console.MarkupLineInterpolated($"PSI / CSI against {reference}, convention {convention.Name}");
        console.Write(table.Fit(console));
        if (table.LeftOut.Count > 0)
            console.MarkupLineInterpolated(
                $"[grey]No room for {table.LeftOut.Count} older ones, from {table.LeftOut[0]}: --json has them.[/]");
    }

    private void Write(Terminal terminal)
    {
        terminal.Line(
            string.Join('\t', ["column", .. _moments.Select(moment => Format.OnOneLine(moment.Name))]));
        foreach (var name in Names)
            terminal.Line(
                string.Join('\t', [Format.OnOneLine(name), .. _moments.Select(moment => Find(moment, name) is { } column
                    ? $"{Format.Psi(column.Psi)} {column.Band.Word()}" : "")]));
    }

    private static ColumnStability? Find(Moment moment, string column) =>
        moment.Columns.FirstOrDefault(c => c.Column == column);

    /// <summary>One file or version.</summary>
    private sealed record Moment(string Name, long Rows, IReadOnlyList<ColumnStability> Columns, object? Reading);
}
