using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Spectre.Console;

namespace Benchmark.Cli.Stability;

/// <summary>The PSI of the same bins by every convention, to compare with other tools.</summary>
internal sealed class ConventionTable(PsiOutcome outcome, IReadOnlyList<ColumnComparison> compared)
{
    private readonly IReadOnlyList<(string Column, IReadOnlyDictionary<string, double> Psi)> _columns =
        [.. compared.Select(column => (column.Reference.Name, ByConvention(column)))];

    public void Show(Invocation invocation)
    {
        if (invocation.Json)
            invocation.Terminal.Json(new
            {
                outcome.ReferenceRows,
                outcome.CurrentRows,
                Conventions = PsiConvention.All.Select(c => new { c.Name, c.EmptyBins }),
                Columns = _columns.Select(column => new { column.Column, column.Psi }),
                outcome.Reading,
            });
        else if (invocation.Terminal.IsInteractive)
            Draw(invocation.Terminal.Out);
        else
            Write(invocation.Terminal);
    }

    private void Draw(IAnsiConsole console)
    {
        // One row for each column is as wide for many columns as for one.
        var table = new FittingTable().Add("convention").Add("an empty bin", need: 1).Add("column")
            .Add(Format.EitherIndex, right: true);
        foreach (var convention in PsiConvention.All)
        {
            foreach (var (column, i) in _columns.Select((column, i) => (column, i)))
                table.AddRow(
                    i == 0 ? convention.Name : "", i == 0 ? Markup.Escape(convention.EmptyBins) : "",
                    Markup.Escape(Visible.Of(column.Column)), Digits(column.Psi[convention.Name]));
        }
        console.Write(table.Fit(console));
    }

    private void Write(Terminal terminal)
    {
        terminal.Line(string.Join('\t', ["convention", .. _columns.Select(column => Format.OnOneLine(column.Column))]));
        foreach (var convention in PsiConvention.All)
            terminal.Line(
                string.Join('\t',
                    [convention.Name, .. _columns.Select(column => Digits(column.Psi[convention.Name]))]));
    }

    private static Dictionary<string, double> ByConvention(ColumnComparison column) =>
        PsiConvention.All.ToDictionary(convention => convention.Name, column.Psi);

    // More digits than elsewhere, because tools may differ only in these.
    private static string Digits(double psi) =>
        double.IsInfinity(psi) ? "∞" : psi.ToString("0.000000", CultureInfo.InvariantCulture);
}
