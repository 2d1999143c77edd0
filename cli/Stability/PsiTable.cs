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
            invocation.Terminal.Note(
                Visible.Of($"Column {column.Column}: {column.Band.Word()}, {column.Reason}."));
        foreach (var column in compared.Where(column => column.HasRange
            && column.OutOfRangePValue < PValue.Significant))
            invocation.Terminal.Note(
                $"Column {Visible.Of(column.Reference.Name)}: {Format.Share((double)column.OutOfRange / column.Rows)} "
                + $"of the rows are outside the reference's range, {Bound(column.Reference.Min)} to "
                + $"{Bound(column.Reference.Max)}.");
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
            DrawBins(console, column);
        var (now, before) = (Format.Rows(outcome.CurrentRows), Format.Count(outcome.ReferenceRows));
        console.MarkupLineInterpolated($"{now} against {before}, convention {convention.Name}");
        var bar = new DriftBar(Columns.Select(column => column.Psi).Where(double.IsFinite).DefaultIfEmpty().Max());
        var hasPoints = Columns.Any(column => column.CsiPoints is not null);
        var table = new FittingTable().Add("column").Add("type", need: 3).Add(Format.EitherIndex)
            .Add(bar.Scale, need: 7).Add("chance", need: 6).Add("noise limit", need: 5, right: true)
            .Add("bins", need: 4, right: true)
            .Add("empty bins", need: 1, right: true).Add("out of range", need: 2, right: true);
        if (hasPoints)
            table.Add("CSI points", need: 8, right: true);
        foreach (var column in WorstFirst)
        {
            List<string> cells =
            [
                Markup.Escape(Visible.Of(column.Column)), outcome.TypeInWords(column.Column), IndexOf(column),
                Format.BandMarkup(bar.Of(column.Psi), column.Band), PValue.Text(column.PValue),
                Format.Psi(column.NoiseLimit), Format.Count(column.BinsFilled), Format.Count(column.SmoothedBins),
                Format.Share(column.OutOfRangeRate),
            ];
            if (hasPoints)
                cells.Add(Points(column.CsiPoints));
            table.AddRow([.. cells]);
        }
        console.Write(table.Fit(console));
    }

    private string IndexOf(ColumnStability column)
    {
        var index = outcome.Reference.Index(column.Column);
        var value = Format.BandMarkup($"{Format.Psi(column.Psi)} {column.Band.Word()}", column.Band);
        return index == Format.EitherIndex ? value : $"{index} {value}";
    }

    private void DrawBins(IAnsiConsole console, ColumnStability column)
    {
        var bar = new ChangeBar(column.Bins.Select(bin => bin.Difference));
        var bins = new FittingTable().Add("bin").Add("reference", need: 1, right: true)
            .Add("current", need: 2, right: true).Add("share", right: true).Add("now", right: true)
            .Add("change", right: true).Add(PartOf(column), right: true);
        if (column.CsiPoints is not null)
            bins.Add("points", right: true);
        bins.Add(bar.Scale, need: 3);
        foreach (var (label, bin) in Labelled(column))
            bins.AddRow([
                .. Cells(label, bin, column, Format.Count).Select(Markup.Escape),
                Format.BandMarkup(bar.Of(bin.Difference), column.Band)]);
        console.MarkupLineInterpolated($"[bold]{Format.OnOneLine(column.Column)}[/]");
        console.Write(bins.Fit(console));
        console.WriteLine();
    }

    // Two tables, each with its header, and numbers that a program can read.
    private void Write(Terminal terminal, IReadOnlyList<ColumnStability> detailed)
    {
        var hasPoints = Columns.Any(column => column.CsiPoints is not null);
        if (detailed.Count > 0)
        {
            string[] titles = ["column", "bin", "reference", "current", "share", "now", "change", "part"];
            terminal.Line(string.Join('\t', hasPoints ? [.. titles, "points"] : titles));
            foreach (var column in detailed)
            {
                foreach (var (label, bin) in Labelled(column))
                    terminal.Line(string.Join(
                        '\t', [Format.OnOneLine(column.Column), .. Cells(label, bin, column, Plain)]));
            }
            terminal.Line("");
        }
        string[] columns = ["column", Format.EitherIndex, "verdict", "noise limit", "p", "bins", "type"];
        terminal.Line(string.Join('\t', hasPoints ? [.. columns, "CSI points"] : columns));
        foreach (var column in WorstFirst)
        {
            List<string> cells =
            [
                Format.OnOneLine(column.Column), Format.Psi(column.Psi), column.Band.Word(),
                Format.Psi(column.NoiseLimit), PValue.Text(column.PValue), Plain(column.BinsFilled),
                outcome.TypeInWords(column.Column),
            ];
            if (column.CsiPoints is not null)
                cells.Add(Points(column.CsiPoints));
            terminal.Line(string.Join('\t', cells));
        }
    }

    private string PartOf(ColumnStability column) => outcome.Reference.Index(column.Column) switch
    {
        Format.EitherIndex => "part",
        var index => $"part of {index}",
    };

    private static IEnumerable<(string Label, BinPart Bin)> Labelled(ColumnStability column) =>
        column.Kind == "numeric"
            ? BinLabels.Of([.. column.Bins.Select(bin => bin.Bin)]).Zip(column.Bins)
            : column.Bins.Select(bin => (bin.Bin, bin));

    private static string Plain(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static IEnumerable<string> Cells(
        string label, BinPart bin, ColumnStability column, Func<long?, string> count)
    {
        List<string> cells =
        [
            label, count(bin.Expected), count(bin.Actual), Format.Share(bin.ExpectedShare),
            Format.Share(bin.ActualShare),
            bin.Difference.ToString(Changes, CultureInfo.InvariantCulture),
            Format.Psi(bin.Contribution),
        ];
        if (column.CsiPoints is not null)
            cells.Add(bin.Points?.ToString("0.####", CultureInfo.InvariantCulture) ?? "");
        return cells;
    }

    private static string Bound(string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? BinLabels.Number(number) : value ?? "";

    private static string Points(double? points) =>
        points?.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) ?? "";
}
