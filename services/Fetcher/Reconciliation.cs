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
    /// <param name="kind">How the source computes totals.</param>
    /// <param name="connection">Where the rows were read.</param>
    /// <param name="prepared">The query whose rows were read.</param>
    /// <param name="facts">What was written.</param>
    /// <param name="file">The file, which is read back.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="TotalsDifferException">The file differs from its source.</exception>
    /// <exception cref="FetchRefusedException">The source's own texts do not give its values back.</exception>
    public static async Task CheckAsync(
        SourceKind kind, DbConnection connection, PreparedQuery prepared, CsvFacts facts, Stream file,
        CancellationToken ct)
    {
        var totals = Totals(kind, facts, prepared.Columns ?? []);
        await using var command = connection.CreateCommand();
        command.CommandText = Query(prepared.Relation, totals);
        var expected = await kind.QueryAsync(
            command, System.Data.CommandBehavior.Default, reader => ReadAsync(reader, ct), ct);
        var written = Written(file, facts, ct);
        foreach (var (total, text) in totals.Zip(expected))
        {
            if (total.Difference(written, text) is var (theirs, ours))
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
            // What the exception says may hold the value.
            throw new TotalsDifferException("A value", "of its column's type", "not");
        }
        catch (InvalidDataException e)
        {
            throw new TotalsDifferException("The last row", "whole", $"not ({e.Message})");
        }
    }

    private static List<ControlTotal> Totals(SourceKind kind, CsvFacts facts, IReadOnlyList<CsvColumn> columns)
    {
        List<ControlTotal> totals = [
            new("count(*)", "The number of rows", (written, theirs) => written.RowsDifference(theirs))];
        for (var i = 0; i < facts.Columns.Count; i++)
        {
            var column = i;
            var name = facts.Columns[i].Name;
            var quoted = kind.QuoteExactly(name);
            totals.Add(new(
                $"count({quoted})", $"Column '{name}': the number of values that are not NULL",
                (written, theirs) => written.ValuesDifference(column, theirs)));
            foreach (var measure in ControlTotals.MeasuresOf(facts.Columns[i].Type))
            {
                if (kind.Total(measure, quoted) is { } expression)
                    totals.Add(new(
                        expression, $"Column '{name}': the {ControlTotals.InWords(measure)}",
                        (written, theirs) => written.Difference(column, measure, theirs)));
            }
            if (i < columns.Count && columns[i] is ISentAsText sent)
                totals.AddRange(OfTexts(kind, name, sent));
        }
        return totals;
    }

    private static IEnumerable<ControlTotal> OfTexts(SourceKind kind, string name, ISentAsText sent)
    {
        if (kind.Total(Measure.TextDigest, sent.Text) is { } digests)
            yield return new(
                digests, $"Column '{name}': the sum of digests of the texts that were sent",
                (_, theirs) => ControlTotals.DigestsDifference(sent.Read.Digests, theirs));
        if (sent.Lossy is { } lossy)
            yield return new(lossy, name, (_, theirs) => theirs is null or "0" ? null : throw Lossy(name, theirs));
    }

    private static FetchRefusedException Lossy(string column, string values) => new(
        $"Column '{column}': {values} values change when the source writes them as text and that is read again: "
        + "what would be published is not what the source has.",
        $"Make it a decimal number in the query, for example cast({column} as number(38,12)).");

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
            throw new TotalsDifferException("The number of rows of control totals", "1", "0");
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : AsText(reader, i))];
    }

    // Snowflake's driver rounds unless values are read as text; the others read totals exactly as .NET numbers.
    private static string? AsText(DbDataReader reader, int ordinal) =>
        reader.GetFieldType(ordinal) == typeof(string)
            ? reader.GetString(ordinal)
            : Convert.ToString(reader.GetValue(ordinal), CultureInfo.InvariantCulture);

    /// <param name="Expression">How the source computes it.</param>
    /// <param name="Description">How a message names it.</param>
    /// <param name="Difference">How what was written, or read, differs from what the source says of it.</param>
    private sealed record ControlTotal(
        string Expression, string Description, Func<ControlTotals, string?, (string, string)?> Difference);
}

/// <summary>A file differs from its source; the next read may not.</summary>
internal sealed class TotalsDifferException : Exception
{
    public TotalsDifferException(string what, string expected, string got)
        : base($"{what} is {expected} in the source, but {got} in what was read.")
    {
    }

    /// <summary>A value that cannot be written: a driver that has been seen to mix up rows may have made it.</summary>
    public TotalsDifferException(UnwritableDataException value)
        : base(value.Message, value) => Hint = value.Hint;

    /// <summary>What to do if the source has the value as it was read; null when it cannot.</summary>
    public string? Hint { get; }
}
