using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Data.Stability;
using Spectre.Console;

namespace Benchmark.Cli.Versions.Differences;

/// <summary>A difference as JSON, as a table and as lines.</summary>
internal sealed class DifferenceView(Difference difference, ModelKey name)
{
    private readonly DiffSide _first = difference.First;
    private readonly DiffSide _second = difference.Second;

    public void Show(Invocation invocation)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            terminal.Json(Json());
            return;
        }
        foreach (var line in Head())
            terminal.Line(line);
        if (difference.IsIdentical)
        {
            terminal.Line("data: the same bytes");
            return;
        }
        foreach (var line in difference.Schema.InWords("in the first", "in the second"))
            terminal.Line(line);
        foreach (var line in Keys())
            terminal.Line(line);
        if (terminal.IsInteractive)
            terminal.Out.Write(Table().Fit(terminal.Out));
        else
            foreach (var column in difference.Columns)
                terminal.Line(Line(column));
    }

    private object Json() => new
    {
        name.ValueStream,
        name.Model,
        First = Side(_first),
        Second = Side(_second),
        Identical = difference.IsIdentical,
        ColumnsAdded = difference.Schema.Added,
        ColumnsRemoved = difference.Schema.Removed,
        ColumnsRetyped = difference.Schema.Retyped,
        difference.Keys,
        difference.Columns,
    };

    private static object Side(DiffSide side) => new { side.Name, side.Rows, side.At, side.Sha256 };

    private IEnumerable<string> Head()
    {
        yield return $"{name}: {Named(_first)} against {Named(_second)}";
        var change = _first.Rows == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $" ({100.0 * (_second.Rows - _first.Rows) / _first.Rows:+0.0;-0.0;0.0} %)");
        yield return $"rows: {Format.Count(_first.Rows)}, then {Format.Count(_second.Rows)}{change}";
    }

    private static string Named(DiffSide side) =>
        side.At is { } at ? $"{side.Name} of {Format.Moment(at)}" : side.Name;

    private IEnumerable<string> Keys()
    {
        if (difference.Keys is not { } keys)
        {
            yield return "keys: the model has no key that both have, so rows are not compared; name one with --key";
            yield break;
        }
        yield return $"keys ({string.Join(", ", keys.Key)}): {Format.Count(keys.Came)} came, "
            + $"{Format.Count(keys.Went)} went, {Format.Count(keys.Changed)} changed, "
            + $"{Format.Count(keys.Same)} the same"
            + (keys.WithoutKey switch
            {
                0 => "",
                1 => "; 1 row has none",
                var many => $"; {Format.Rows(many)} have none",
            });
        foreach (var sample in keys.Samples)
            yield return $"  {sample.Kind} {string.Join(", ", sample.Key.Select(Format.OnOneLine))}{Changed(sample)}";
    }

    private static string Changed(KeySample sample) => sample.Values is { } values
        ? $": {string.Join("; ", values.Select(value =>
            $"{value.Column} {Shown(value.First)} -> {Shown(value.Second)}"))}"
        : sample.Columns.Count > 0 ? $": {string.Join(", ", sample.Columns)}" : "";

    private static string Shown(string? value) => value switch
    {
        null => "none",
        "" => "\"\"",
        _ => Format.OnOneLine(value),
    };

    private FittingTable Table()
    {
        var table = new FittingTable().Add("column").Add(Format.EitherIndex).Add("direction", need: 7)
            .Add("mean", need: 6).Add("missing", need: 5).Add("range", need: 4).Add("distinct", need: 3)
            .Add("chance", need: 2);
        foreach (var column in difference.Columns)
            table.AddRow(
                Markup.Escape(Visible.Of(column.Column)),
                column is { Psi: { } psi, Band: { } band }
                    ? $"{column.Index} {Format.BandMarkup($"{Format.Psi(psi)} {band.Word()}", band)}"
                    : "[grey]not measured[/]",
                Markup.Escape(column.Direction ?? ""), Markup.Escape(Mean(column)),
                Markup.Escape(Pair(Format.Count(column.First.Nulls), Format.Count(column.Second.Nulls))),
                Markup.Escape(Pair(Range(column.First), Range(column.Second))),
                Markup.Escape(Pair(Format.Count(column.First.Distinct), Format.Count(column.Second.Distinct))),
                column.PValue is { } p ? PValue.Text(p) : "");
        return table;
    }

    private static string Line(ColumnDifference column)
    {
        var measured = column.Psi is { } psi
            ? $"{column.Index} {Format.Psi(psi)} {column.Band!.Value.Word()}" : $"not measured: {column.NotMeasured}";
        string[] fields =
        [
            $"column {column.Column}", measured, column.Direction ?? "",
            $"mean {Mean(column)}",
            $"missing {Pair(Format.Count(column.First.Nulls), Format.Count(column.Second.Nulls))}",
            $"range {Pair(Range(column.First), Range(column.Second))}",
            $"distinct {Pair(Format.Count(column.First.Distinct), Format.Count(column.Second.Distinct))}",
        ];
        return string.Join('\t', fields.Select(Format.OnOneLine));
    }

    private static string Mean(ColumnDifference column) => Pair(Number(column.First.Mean), Number(column.Second.Mean));

    private static string Number(double? number) => number?.ToString("G6", CultureInfo.InvariantCulture) ?? "–";

    private static string Range(ColumnStatistics column) =>
        column.Min is null ? "–" : $"{column.Min} to {column.Max}";

    private static string Pair(string first, string second) => first == second ? first : $"{first} -> {second}";
}
