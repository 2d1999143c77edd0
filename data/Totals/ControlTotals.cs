using System.Globalization;

namespace Benchmark.Data.Totals;

/// <summary>
/// The control totals of a file that was written, computed from its bytes; they are compared with those that its
/// source computes over the same rows.
/// </summary>
public sealed class ControlTotals
{
    private readonly IReadOnlyList<Tally> _columns;
    private readonly long _rows;

    private ControlTotals(IReadOnlyList<Tally> columns, long rows) => (_columns, _rows) = (columns, rows);

    /// <summary>Reads a file back, and adds up each column.</summary>
    /// <param name="file">A file in the dialect benchmark-csv/1; it is read from its beginning.</param>
    /// <param name="columns">Its columns, in file order.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="FormatException">A value is not of its column's type.</exception>
    /// <exception cref="OverflowException">A value is not of its column's type.</exception>
    /// <exception cref="InvalidDataException">The file ends within a row.</exception>
    public static ControlTotals Of(Stream file, IReadOnlyList<ColumnFacts> columns, CancellationToken ct)
    {
        var (tallies, rows) = WrittenTotals.Of(file, [.. columns.Select(column => column.Type)], ct);
        return new ControlTotals(tallies, rows);
    }

    /// <summary>The measures of a column of this type.</summary>
    public static IReadOnlyList<Measure> MeasuresOf(ColumnType type) => type switch
    {
        ColumnType.Integer => [Measure.WholeSum],
        ColumnType.Decimal => [Measure.DecimalSum, Measure.NotDecimal],
        ColumnType.Number => [Measure.FiniteSum, Measure.NotFinite],
        ColumnType.Bytes => [Measure.Octets, Measure.OctetsDigest],
        ColumnType.Date => [Measure.Days],
        ColumnType.Timestamp => [Measure.Microseconds],
        ColumnType.Time => [Measure.MicrosecondsOfDay],
        ColumnType.Boolean => [Measure.Trues],
        _ => [Measure.Characters, Measure.TextDigest],
    };

    /// <summary>What a message calls a measure.</summary>
    public static string InWords(Measure measure) => measure switch
    {
        Measure.WholeSum or Measure.DecimalSum or Measure.FiniteSum => "sum",
        Measure.NotDecimal or Measure.NotFinite => "number of values that cannot be added up",
        Measure.Characters => "sum of text lengths",
        Measure.Octets => "sum of lengths in bytes",
        Measure.TextDigest or Measure.OctetsDigest => "sum of digests",
        Measure.Days => "sum of days",
        Measure.Microseconds or Measure.MicrosecondsOfDay => "sum of microseconds",
        _ => "number of true values",
    };

    /// <summary>
    /// The digest that <see cref="Measure.TextDigest"/> and <see cref="Measure.OctetsDigest"/> add up, for sources
    /// that have no MD5 of their own.
    /// </summary>
    public static ulong DigestOf(ReadOnlySpan<byte> value) => Digest.Of(value);

    /// <summary>How a sum of digests, modulo 2^64, differs from the source's; null when it is the same.</summary>
    /// <param name="ours">The sum of <see cref="DigestOf"/>.</param>
    /// <param name="source">The source's sum as it spells it.</param>
    public static (string Source, string File)? DigestsDifference(ulong ours, string? source) =>
        Digest.Same(ours, source)
            ? null : (TotalText.Plain(source), ours.ToString(CultureInfo.InvariantCulture));

    /// <summary>How the number of rows differs from the source's; null when it is the same.</summary>
    /// <param name="source">The source's number as it spells it.</param>
    public (string Source, string File)? RowsDifference(string? source) => Difference(_rows, source);

    /// <summary>
    /// How the number of values that are not NULL differs from the source's; null when it is the same.
    /// </summary>
    /// <param name="column">The column's position, from 0.</param>
    /// <param name="source">The source's number as it spells it.</param>
    public (string Source, string File)? ValuesDifference(int column, string? source) =>
        Difference(_columns[column].NonNull, source);

    /// <summary>How a total differs from the source's; null when it is the same.</summary>
    /// <param name="column">The column's position, from 0.</param>
    /// <param name="measure">What of it.</param>
    /// <param name="source">
    /// The source's total as it spells it: a number, nothing (zero), or "high:low" with "e-scale" perhaps, where its
    /// own sum would overflow.
    /// </param>
    public (string Source, string File)? Difference(int column, Measure measure, string? source) =>
        _columns[column].Agrees(measure, source) ? null : (TotalText.Plain(source), _columns[column].Total(measure));

    private static (string Source, string File)? Difference(long written, string? source) =>
        TotalText.Parse(source) == new DecimalTotal(written, 0)
            ? null : (TotalText.Plain(source), written.ToString(CultureInfo.InvariantCulture));
}
