using System.Globalization;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Spectre.Console;

namespace Benchmark.Cli.Stability;

/// <summary>The PSI of every column by one convention, as JSON, tables or lines.</summary>
internal sealed class PsiTable(
    PsiOutcome outcome, IReadOnlyList<ColumnComparison> compared, PsiConvention convention)
{
    private const string Changes = "+0.0 %;-0.0 %;0.0 %";

    private static readonly string[] s_ofTheData = ["missing", "unseen", "other"];

    private static readonly string[] s_numbers =
        ["reference", "current", "share", "share now", "change", "part of PSI"];

    /// <summary>The columns in the reference's order.</summary>
    public IReadOnlyList<ColumnStability> Columns { get; } =
        [.. compared.Select(column => Stability(column, outcome, convention)).OfType<ColumnStability>()];

    private IEnumerable<ColumnStability> WorstFirst =>
        Columns.OrderByDescending(column => column.Band).ThenByDescending(column => column.Psi);

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
        var detailed = WorstFirst
            .Where(column => withAllBins || column.Band is not (Band.Stable or Band.NotComparable)).ToList();
        if (invocation.Terminal.IsInteractive)
            Draw(invocation.Terminal.Out, detailed);
        else
            Write(invocation.Terminal, detailed);
        foreach (var column in Columns.Where(column => column.Reason is not null))
            invocation.Terminal.Note($"Column {column.Column}: {column.Band.Word()}, {column.Reason}.");
        foreach (var column in compared.Where(column => column.HasRange
            && column.OutOfRangePValue < PValue.Significant))
            invocation.Terminal.Note(
                $"Column {column.Reference.Name}: {Format.Share((double)column.OutOfRange / column.Rows)} of the rows "
                + $"are outside the reference's range, {column.Reference.Min} to {column.Reference.Max}.");
        if (detailed.Count < Columns.Count)
            invocation.Terminal.Note("Bins of stable columns: --column NAME, or --json.");
    }

    private static ColumnStability? Stability(
        ColumnComparison column, PsiOutcome outcome, PsiConvention convention)
    {
        var name = column.Reference.Name;
        var bins = column.Bins;
        var given = outcome.GivenPoints(name);
        // Bins of values have points, all or none; the others depend on the data, and need none.
        if (given?.Keys.Except(s_ofTheData).FirstOrDefault(bin => !bins.Contains(bin)) is { } unknown)
            throw new UsageException(
                $"--edges gives points to a bin {unknown} of column {name}. Its bins are {string.Join(", ", bins)}.");
        if (given is not null && column.BinsOfValues.FirstOrDefault(bin => !given.ContainsKey(bin)) is { } without)
            throw new UsageException(
                $"--edges gives no points to the bin {without} of column {name}. Every bin has points, if only 0.");
        var limits = outcome.Reference.Limits(name);
        return column.Judge(limits.Warn, limits.Fail, convention, given ?? outcome.Reference.Points(name));
    }

    private void Draw(IAnsiConsole console, IReadOnlyList<ColumnStability> detailed)
    {
        foreach (var column in detailed)
        {
            var bins = new Table().RoundedBorder().Title(Markup.Escape(column.Column)).AddColumn("bin")
                .AddColumns([.. s_numbers.Select(title => new TableColumn(title).RightAligned())]);
            if (column.CsiPoints is not null)
                bins.AddColumn(new TableColumn("points").RightAligned());
            foreach (var bin in column.Bins)
                bins.AddRow([.. Cells(bin, column).Select(Markup.Escape)]);
            console.Write(bins);
        }
        var table = new Table().RoundedBorder()
            .Title(
                $"{Format.Count(outcome.CurrentRows)} rows against {Format.Count(outcome.ReferenceRows)}, convention "
                + $"{convention.Name}")
            .AddColumns("column", "type", "PSI / CSI", "verdict")
            .AddColumns("noise limit", "chance", "bins", "empty bins", "out of range");
        var hasPoints = Columns.Any(column => column.CsiPoints is not null);
        if (hasPoints)
            table.AddColumn("CSI points");
        foreach (var column in WorstFirst)
        {
            List<string> cells =
            [
                Markup.Escape(column.Column), outcome.TypeInWords(column.Column), Format.Psi(column.Psi),
                Format.BandMarkup(column.Band.Word(), column.Band), Format.Psi(column.NoiseLimit),
                PValue.Text(column.PValue), Format.Count(column.BinsFilled), Format.Count(column.SmoothedBins),
                Format.Share(column.OutOfRangeRate),
            ];
            if (hasPoints)
                cells.Add(Points(column.CsiPoints));
            table.AddRow([.. cells]);
        }
        console.Write(table);
    }

    private void Write(Terminal terminal, IReadOnlyList<ColumnStability> detailed)
    {
        foreach (var column in detailed)
        {
            foreach (var bin in column.Bins)
                terminal.Line(string.Join('\t', [Format.OnOneLine(column.Column), .. Cells(bin, column)]));
        }
        foreach (var column in WorstFirst)
        {
            List<string> cells =
            [
                Format.OnOneLine(column.Column), Format.Psi(column.Psi), column.Band.Word(),
                $"noise {Format.Psi(column.NoiseLimit)}", PValue.InWords(column.PValue),
                column.BinsFilled == 1 ? "1 bin" : $"{Format.Count(column.BinsFilled)} bins",
                outcome.TypeInWords(column.Column),
            ];
            if (column.CsiPoints is not null)
                cells.Add($"CSI points {Points(column.CsiPoints)}");
            terminal.Line(string.Join('\t', cells));
        }
    }

    private static IEnumerable<string> Cells(BinPart bin, ColumnStability column)
    {
        List<string> cells =
        [
            bin.Bin, Format.Count(bin.Expected), Format.Count(bin.Actual), Format.Share(bin.ExpectedShare),
            Format.Share(bin.ActualShare),
            bin.Difference.ToString(Changes, CultureInfo.InvariantCulture),
            bin.Contribution.ToString("0.0000", CultureInfo.InvariantCulture),
        ];
        if (column.CsiPoints is not null)
            cells.Add(bin.Points?.ToString("0.####", CultureInfo.InvariantCulture) ?? "");
        return cells;
    }

    private static string Points(double? points) =>
        points?.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) ?? "";
}
