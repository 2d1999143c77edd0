using System.Globalization;
using Benchmark.Data.Stability;
using Spectre.Console;

namespace Benchmark.Cli.Stability;

/// <summary>PSI of every column by one convention: one document, drawn tables or plain lines.</summary>
internal sealed class PsiTable(
    PsiReference reference, CsvComparison comparison, IReadOnlyList<ColumnComparison> compared,
    PsiConvention convention)
{
    /// <summary>The columns in the reference's order.</summary>
    public IReadOnlyList<ColumnStability> Columns { get; } = [.. compared
        .Select(
            column => ColumnStability.Of(
                column.Reference, column.Current, reference.Limits(column.Reference.Name).Psi, convention))
        .OfType<ColumnStability>()];

    /// <summary>Shows it; bins of stable columns only on request, a person looks for what moved.</summary>
    public void Show(Invocation invocation, bool withAllBins)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Json(new
            {
                Convention = convention.Name,
                ReferenceRows = reference.Profile.Rows,
                CurrentRows = comparison.Rows,
                Columns,
            });
            return;
        }
        // What moved furthest stands last, where the eye is when the command is done.
        var detailed = Columns.Where(column => withAllBins || column.Band != Band.Stable)
            .OrderBy(column => column.Psi).ToList();
        if (invocation.Terminal.IsInteractive)
            Draw(invocation.Terminal.Out, detailed);
        else
            Write(invocation.Terminal, detailed);
        if (detailed.Count < Columns.Count)
            invocation.Terminal.Note("Bins of stable columns: --column NAME, or --json.");
    }

    private void Draw(IAnsiConsole console, IReadOnlyList<ColumnStability> detailed)
    {
        foreach (var column in detailed)
        {
            var bins = new Table().RoundedBorder().Title(Markup.Escape(column.Column))
                .AddColumn("bin").AddColumns(new[] { "reference", "current", "share", "share now", "part of PSI" }
                    .Select(title => new TableColumn(title).RightAligned()).ToArray());
            foreach (var bin in column.Bins)
                bins.AddRow([.. Cells(bin).Select(Markup.Escape)]);
            console.Write(bins);
        }
        var table = new Table().RoundedBorder()
            .Title(
                $"{Text.Count(comparison.Rows)} rows against {Text.Count(reference.Profile.Rows)}, convention "
                + $"{convention.Name}")
            .AddColumns("column", "kind", "PSI / CSI", "verdict", "noise limit", "empty bins", "out of range");
        foreach (var column in Columns)
        {
            table.AddRow(
                Markup.Escape(column.Column), column.Kind, Text.Psi(column.Psi),
                Text.BandMarkup(column.Band, column.Band),
                Text.Psi(column.NoiseLimit), Text.Count(column.SmoothedBins), Text.Share(column.OutOfRangeRate));
        }
        console.Write(table);
    }

    private void Write(Terminal terminal, IReadOnlyList<ColumnStability> detailed)
    {
        foreach (var column in detailed)
        {
            foreach (var bin in column.Bins)
                terminal.Line(string.Join('\t', [column.Column, .. Cells(bin)]));
        }
        foreach (var column in Columns)
            terminal.Line(
                $"{column.Column}\t{Text.Psi(column.Psi)}\t{column.Band}\tnoise {Text.Psi(column.NoiseLimit)}");
    }

    private static IEnumerable<string> Cells(BinPart bin) =>
    [
        bin.Bin, Text.Count(bin.Expected), Text.Count(bin.Actual), Text.Share(bin.ExpectedShare),
        Text.Share(bin.ActualShare),
        bin.Contribution.ToString("0.0000", CultureInfo.InvariantCulture),
    ];
}
