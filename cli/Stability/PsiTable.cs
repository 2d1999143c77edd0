using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Spectre.Console;

namespace Benchmark.Cli.Stability;

/// <summary>The PSI of every column by one convention, as JSON, tables or lines.</summary>
internal sealed class PsiTable(
    PsiOutcome outcome, IReadOnlyList<ColumnComparison> compared, PsiConvention convention)
{
    private static readonly string[] s_numbers =
        ["reference", "current", "share", "share now", "change", "part of PSI"];

    /// <summary>The columns in the reference's order.</summary>
    public IReadOnlyList<ColumnStability> Columns { get; } =
        [.. compared.Select(column => Stability(column, outcome.Reference, convention)).OfType<ColumnStability>()];

    /// <summary>The PSI of one column, judged by the reference's limits; null when a side has no rows.</summary>
    public static ColumnStability? Stability(
        ColumnComparison column, PsiReference reference, PsiConvention convention) => ColumnStability.Of(
        column.Reference, column.Current, reference.Limits(column.Reference.Name).Psi, convention);

    /// <summary>Shows the result; the bins of stable columns only on request.</summary>
    public void Show(Invocation invocation, bool withAllBins)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Json(new
            {
                Convention = convention.Name,
                outcome.ReferenceRows,
                outcome.CurrentRows,
                Columns,
                outcome.Reading,
            });
            return;
        }
        // The greatest PSI comes last, where the reader looks when the command ends.
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
                .AddColumn("bin")
                .AddColumns(s_numbers.Select(title => new TableColumn(title).RightAligned()).ToArray());
            foreach (var bin in column.Bins)
                bins.AddRow([.. Cells(bin).Select(Markup.Escape)]);
            console.Write(bins);
        }
        var table = new Table().RoundedBorder()
            .Title(
                $"{Format.Count(outcome.CurrentRows)} rows against {Format.Count(outcome.ReferenceRows)}, convention "
                + $"{convention.Name}")
            .AddColumns("column", "type", "PSI / CSI", "verdict", "noise limit", "empty bins", "out of range");
        foreach (var column in Columns)
        {
            table.AddRow(
                Markup.Escape(column.Column), outcome.TypeInWords(column.Column), Format.Psi(column.Psi),
                Format.BandMarkup(column.Band.Word(), column.Band),
                Format.Psi(column.NoiseLimit), Format.Count(column.SmoothedBins), Format.Share(column.OutOfRangeRate));
        }
        console.Write(table);
    }

    private void Write(Terminal terminal, IReadOnlyList<ColumnStability> detailed)
    {
        foreach (var column in detailed)
        {
            foreach (var bin in column.Bins)
                terminal.Line(string.Join('\t', [Format.OnOneLine(column.Column), .. Cells(bin)]));
        }
        foreach (var column in Columns)
            terminal.Line(
                $"{Format.OnOneLine(column.Column)}\t{Format.Psi(column.Psi)}\t{column.Band.Word()}\t"
                + $"noise {Format.Psi(column.NoiseLimit)}\t{outcome.TypeInWords(column.Column)}");
    }

    private static IEnumerable<string> Cells(BinPart bin) =>
    [
        bin.Bin, Format.Count(bin.Expected), Format.Count(bin.Actual), Format.Share(bin.ExpectedShare),
        Format.Share(bin.ActualShare),
        (bin.ActualShare - bin.ExpectedShare).ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture),
        bin.Contribution.ToString("0.0000", CultureInfo.InvariantCulture),
    ];
}
