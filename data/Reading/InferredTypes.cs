using Benchmark.Data.Dialect;

namespace Benchmark.Data.Reading;

/// <summary>
/// Infers the types of a file without a description: the narrowest that fits every value of a column. A column
/// without values is text.
/// </summary>
internal static class InferredTypes
{
    private const int RowsBetweenCancellationChecks = 1024;

    // Narrowest first: every whole number is a number, too, and everything is text.
    private static readonly ColumnType[] s_candidates =
    [
        ColumnType.Boolean, ColumnType.Integer, ColumnType.Number, ColumnType.Date, ColumnType.Timestamp,
        ColumnType.Time,
        ColumnType.String,
    ];

    /// <summary>Reads a file once.</summary>
    /// <returns>The types by column name.</returns>
    /// <exception cref="UnreadableCsvException">The file cannot be read as CSV.</exception>
    public static IReadOnlyDictionary<string, InferredType> Of(string path, CancellationToken ct)
    {
        using var rows = CsvRows.Open(path);
        var types = new InferredType?[rows.Header.Count];
        while (rows.Read())
        {
            if (rows.Rows % RowsBetweenCancellationChecks == 0)
                ct.ThrowIfCancellationRequested();
            for (var i = 0; i < types.Length; i++)
            {
                var value = rows.Field(i, out var isNull);
                if (!isNull)
                    types[i] = Widened(types[i], value, rows.Line);
            }
        }
        if (!rows.Readable)
            throw new UnreadableCsvException(path, rows.Finish());
        return rows.Header.Zip(types)
            .ToDictionary(column => column.First, column => column.Second ?? new InferredType(ColumnType.String));
    }

    private static InferredType Widened(InferredType? inferred, ReadOnlySpan<byte> value, long line)
    {
        if (inferred is null)
            return new InferredType(Narrowest(value));
        if (Grammar.Of(inferred.Type).Accepts(value))
            return inferred;
        // Integers and a fraction together are numbers; numbers and a date together are text.
        return inferred.Type == ColumnType.Integer && Grammar.Of(ColumnType.Number).Accepts(value)
            ? new InferredType(ColumnType.Number)
            : new InferredType(ColumnType.String, inferred.Type, line);
    }

    private static ColumnType Narrowest(ReadOnlySpan<byte> value)
    {
        foreach (var type in s_candidates)
        {
            if (Grammar.Of(type).Accepts(value))
                return type;
        }
        return ColumnType.String;
    }
}

/// <summary>The inferred type of a column.</summary>
/// <param name="Type">The narrowest type that fits every value.</param>
/// <param name="Narrower">The type of the values before the first that did not fit and made the column text; else
/// null.</param>
/// <param name="Line">The line of that value.</param>
internal sealed record InferredType(ColumnType Type, ColumnType? Narrower = null, long Line = 0);
