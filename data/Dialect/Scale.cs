using System.Text;

namespace Benchmark.Data.Dialect;

/// <summary>Values of a type as the numbers that edges and quantiles are made of.</summary>
internal static class Scale
{
    /// <summary>The number that stands for a value; null when it is not of the type or the type has no order.</summary>
    public static double? Read(ColumnType type, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return type switch
        {
            ColumnType.Integer => Read<IntegerOrder>(utf8),
            ColumnType.Number => Read<NumberOrder>(utf8),
            ColumnType.Decimal => Read<DecimalOrder>(utf8),
            ColumnType.Date => Read<DateOrder>(utf8),
            ColumnType.Timestamp => Read<TimestampOrder>(utf8),
            ColumnType.Time => Read<TimeOrder>(utf8),
            _ => null,
        };
    }

    /// <summary>Whether values of the two types lie on one scale, so that bins of one can count the other.</summary>
    public static bool Comparable(ColumnType a, ColumnType b) => a == b || (IsNumeric(a) && IsNumeric(b));

    public static bool IsNumeric(ColumnType type) =>
        type is ColumnType.Integer or ColumnType.Number or ColumnType.Decimal;

    private static double? Read<TOrder>(ReadOnlySpan<byte> text)
        where TOrder : struct, IOrdered =>
        TOrder.Parse(text, out var key) is Parsed.Exact or Parsed.Rounded ? TOrder.ToDouble(key) : null;
}
