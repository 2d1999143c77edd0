using System.Data.Common;
using System.Globalization;
using System.Text;
using Benchmark.Data.Totals;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Fetcher;

/// <summary>
/// Compares a file with control totals that its source computes over the same result, because a reader may end before
/// the data does.
/// </summary>
internal static class Reconciliation
{
    /// <exception cref="TotalsDifferException">The file differs from its source.</exception>
    public static async Task CheckAsync(
        SourceKind kind, DbConnection connection, string relation, CsvFacts facts, Stream file, CancellationToken ct)
    {
        var totals = Totals(kind, facts);
        await using var command = connection.CreateCommand();
        command.CommandText = Query(relation, totals);
        var expected = await kind.QueryAsync(
            command, System.Data.CommandBehavior.Default, reader => ReadAsync(reader, ct), ct);
        var written = Written(file, facts, ct);
        foreach (var (total, text) in totals.Zip(expected))
        {
            var difference = total switch
            {
                { Column: null } => written.RowsDifference(text),
                { Column: { } column, Measure: null } => written.ValuesDifference(column, text),
                { Column: { } column, Measure: { } measure } => written.Difference(column, measure, text),
            };
            if (difference is var (theirs, ours))
                throw new TotalsDifferException(total.Description, theirs, ours);
        }
        file.Position = file.Length;
    }

    // If a driver mixes up chunks, texts may be empty or invalid in their columns.
    private static ControlTotals Written(Stream file, CsvFacts facts, CancellationToken ct)
    {
        try
        {
            return ControlTotals.Of(file, facts.Columns, ct);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new TotalsDifferException("A value", "a number", $"none ({e.Message})");
        }
        catch (InvalidDataException e)
        {
            throw new TotalsDifferException("The last row", "whole", $"not ({e.Message})");
        }
    }

    private static List<ControlTotal> Totals(SourceKind kind, CsvFacts facts)
    {
        List<ControlTotal> totals = [new(null, null, "count(*)", "The number of rows")];
        for (var i = 0; i < facts.Columns.Count; i++)
        {
            var name = facts.Columns[i].Name;
            var quoted = kind.QuoteExactly(name);
            totals.Add(new(i, null, $"count({quoted})", $"Column '{name}': the number of values that are not NULL"));
            foreach (var measure in ControlTotals.MeasuresOf(facts.Columns[i].Type))
            {
                if (kind.Total(measure, quoted) is { } expression)
                    totals.Add(
                        new(i, measure, expression, $"Column '{name}': the {ControlTotals.InWords(measure)}"));
            }
        }
        return totals;
    }

    private static string Query(string relation, List<ControlTotal> totals)
    {
        var text = new StringBuilder("SELECT ");
        for (var i = 0; i < totals.Count; i++)
            text.Append(i == 0 ? "" : ", ").Append(totals[i].Expression)
                .Append(CultureInfo.InvariantCulture, $" AS t{i}");
        return text.Append(" FROM ").Append(relation).ToString();
    }

    private static async Task<List<string?>> ReadAsync(DbDataReader reader, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct))
            throw new TotalsDifferException("The control totals", "a row", "none");
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : AsText(reader, i))];
    }

    // Snowflake's driver rounds unless values are read as text; the others read totals exactly as .NET numbers.
    private static string? AsText(DbDataReader reader, int ordinal) =>
        reader.GetFieldType(ordinal) == typeof(string)
            ? reader.GetString(ordinal)
            : Convert.ToString(reader.GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <param name="Column">Which column; null for the rows as a whole.</param>
    /// <param name="Measure">What of it; null for the number of values.</param>
    /// <param name="Expression">How the source computes it.</param>
    /// <param name="Description">How a message names it.</param>
    private sealed record ControlTotal(int? Column, Measure? Measure, string Expression, string Description);
}

/// <summary>A file differs from its source; the next read may not.</summary>
internal sealed class TotalsDifferException(string what, string expected, string got)
    : Exception($"{what} is {expected} in the source, but {got} in what was read.");
