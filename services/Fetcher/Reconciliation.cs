using System.Data.Common;
using System.Globalization;
using System.Text;
using Benchmark.Data.Totals;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Fetcher;

/// <summary>Compares a file with control totals that its source takes over the same result: the end of a reader is not the end of the data.</summary>
internal static class Reconciliation
{
    /// <exception cref="TotalsDifferException">The file is not what the source has.</exception>
    public static async Task CheckAsync(
        SourceKind kind, DbConnection connection, string relation, CsvFacts facts, Stream file, CancellationToken ct)
    {
        var asked = Questions(kind, facts);
        await using var command = connection.CreateCommand();
        command.CommandText = Query(relation, asked);
        var theirs = await kind.QueryAsync(command, System.Data.CommandBehavior.Default, reader => AnswersAsync(reader, ct), ct);
        var (columns, rows) = Written(file, facts, ct);
        foreach (var (question, their) in asked.Zip(theirs))
        {
            var (ours, agrees) = question switch
            {
                { Column: < 0 } => (Text(rows), TotalText.Parse(their) == new DecimalTotal(rows, 0)),
                { Measure: null } => (Text(columns[question.Column].NonNull),
                    TotalText.Parse(their) == new DecimalTotal(columns[question.Column].NonNull, 0)),
                { Measure: { } measure } => (columns[question.Column].Total(measure), columns[question.Column].Agrees(measure, their)),
            };
            if (!agrees)
                throw new TotalsDifferException(question.Words, TotalText.Plain(their), ours);
        }
        file.Position = file.Length;
    }

    // Chunks that a driver has mixed up give texts that are no values of their columns, or empty ones.
    private static (IReadOnlyList<Tally> Columns, long Rows) Written(Stream file, CsvFacts facts, CancellationToken ct)
    {
        try
        {
            return WrittenTotals.Of(file, facts, ct);
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

    private static List<Question> Questions(SourceKind kind, CsvFacts facts)
    {
        List<Question> asked = [new(-1, null, "count(*)", "The number of rows")];
        for (var i = 0; i < facts.Columns.Count; i++)
        {
            var name = facts.Columns[i].Name;
            var quoted = kind.QuoteExactly(name);
            asked.Add(new(i, null, $"count({quoted})", $"Column '{name}': the number of values that are not NULL"));
            foreach (var measure in Measures.Of(facts.Columns[i].Type))
            {
                if (kind.Total(measure, quoted) is { } expression)
                    asked.Add(new(i, measure, expression, $"Column '{name}': the {measure.Words()}"));
            }
        }
        return asked;
    }

    private static string Query(string relation, List<Question> asked)
    {
        var text = new StringBuilder("SELECT ");
        for (var i = 0; i < asked.Count; i++)
            text.Append(i == 0 ? "" : ", ").Append(asked[i].Expression).Append(CultureInfo.InvariantCulture, $" AS t{i}");
        return text.Append(" FROM ").Append(relation).ToString();
    }

    private static async Task<List<string?>> AnswersAsync(DbDataReader reader, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct))
            throw new TotalsDifferException("The control totals", "a row", "none");
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : AsText(reader, i))];
    }

    // Snowflake's driver rounds what is not read as text; every other one has a .NET number for what the totals are.
    private static string? AsText(DbDataReader reader, int ordinal) =>
        reader.GetFieldType(ordinal) == typeof(string)
            ? reader.GetString(ordinal)
            : Convert.ToString(reader.GetValue(ordinal), CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Question(int Column, Measure? Measure, string Expression, string Words);
}

/// <summary>A file is not what its source has; a moment later it may be.</summary>
internal sealed class TotalsDifferException(string what, string expected, string got)
    : Exception($"{what} is {expected} in the source, but {got} in what was read.");
