using System.Numerics;
using Benchmark.Data;
using Benchmark.Data.Writing;

namespace Benchmark.Tests.Support.Fuzz;

/// <summary>
/// A cell: what it means, and how the Fetcher's own writer writes it. NULL means nothing and writes nothing.
/// </summary>
public sealed record FuzzCell(object? Value, Action<CsvBlock> Write)
{
    public static readonly FuzzCell Null = new(null, _ => { });
}

/// <summary>A column of random values: of any type, of few or many distinct values, with or without NULLs.</summary>
public sealed record FuzzColumn(string Name, ColumnType Type, IReadOnlyList<FuzzCell> Cells)
{
    private static readonly string[] s_pieces =
    [
        "a", "b", "Z", "0", "9", " ", ",", "\"", "\n", "\r\n", "\r", "\t", "'", ";", "=", "-", "ä", "€", "🦊", "\u2028",
        "NULL", "NaN", "true", "1e5",
    ];

    private static readonly double[] s_special =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue, 1e15,
            1e-6, 1e17];

    public static FuzzColumn Random(int number, int rows, Random random)
    {
        // Text twice as often as chance would have it: most of what may be damaged in it is text again.
        var type = random.Next(5) == 0
            ? ColumnType.String : (ColumnType)random.Next(Enum.GetValues<ColumnType>().Length);
        var make = Maker(type, random);
        int[] sizes = [1, 3, 12, 60, Math.Max(1, rows)];
        FuzzCell[] pool = [.. Enumerable.Range(0, sizes[random.Next(sizes.Length)]).Select(_ => make())];
        var nulls = random.Next(3) * 0.3;
        return new FuzzColumn(
            random.Next(8) == 0 ? $"c{number}, \"odd\"\n" : $"c{number}",
            type,
            [.. Enumerable.Range(0, rows)
                .Select(_ => random.NextDouble() < nulls ? FuzzCell.Null : pool[random.Next(pool.Length)])]);
    }

    private static Func<FuzzCell> Maker(ColumnType type, Random random)
    {
        switch (type)
        {
            case ColumnType.Integer:
                var bits = random.Next(1, 63);
                return () => Integer(random.NextInt64(1L << bits) * (random.Next(2) * 2 - 1));
            case ColumnType.Number:
                return () => Number(random);
            case ColumnType.Decimal:
                var scale = random.Next(8);
                return () =>
                    Decimal(random.NextInt64(-999_999_999_999_999, 999_999_999_999_999) >> random.Next(50), scale);
            case ColumnType.Boolean:
                return () => Boolean(random.Next(2) == 0);
            case ColumnType.Date:
                return () => Date(DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber + 1)));
            case ColumnType.Timestamp:
                var zone = random.Next(3);
                return () => Timestamp(Instant(random), zone, random);
            case ColumnType.Time:
                return () =>
                    Time(new TimeOnly(random.NextInt64(TimeSpan.TicksPerDay) / (random.Next(2) == 0 ? 1 : 10_000_000)));
            case ColumnType.Bytes:
                return () => Bytes(random);
            default:
                return () => Text(random);
        }
    }

    private static FuzzCell Integer(long value) => new((BigInteger)value, block => block.AddFormatted(value));

    private static FuzzCell Number(Random random)
    {
        var value = random.Next(6) switch
        {
            0 => random.Next(-5, 6),
            1 => Math.Round(random.NextDouble() * 2000 - 1000, random.Next(7)),
            2 => random.NextDouble(),
            3 => s_special[random.Next(s_special.Length)],
            _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        };
        return new(value, block => block.AddDouble(value));
    }

    private static FuzzCell Decimal(long units, int scale) =>
        new(units * BigInteger.Pow(10, FuzzValue.Scale - scale), block => block.AddScaled(units, scale));

    private static FuzzCell Boolean(bool value) =>
        new(value ? "true" : "false", block => block.Add(value ? "true"u8 : "false"u8));

    private static FuzzCell Date(DateOnly value) => new(value.DayNumber, block => block.AddDate(value));

    private static FuzzCell Time(TimeOnly value) => new(value.Ticks, block => block.AddTime(value));

    // Far enough from the ends of time for any offset.
    private static DateTime Instant(Random random)
    {
        var ticks = random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay);
        return new DateTime(random.Next(2) == 0 ? ticks : ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
    }

    private static FuzzCell Timestamp(DateTime instant, int zone, Random random)
    {
        if (zone == 0)
            return new(instant.Ticks, block => block.AddTimestamp(instant));
        if (zone == 1)
            return new(instant.Ticks, block => block.AddUtcTimestamp(instant));
        var offset = TimeSpan.FromMinutes(random.Next(-14 * 4, 14 * 4 + 1) * 15);
        return new(instant.Ticks, block =>
            block.AddOffsetTimestamp(new DateTimeOffset(instant, TimeSpan.Zero).ToOffset(offset)));
    }

    private static FuzzCell Bytes(Random random)
    {
        var bytes = new byte[random.Next(12)];
        random.NextBytes(bytes);
        return new(Convert.ToBase64String(bytes), block => block.AddBase64(bytes));
    }

    private static FuzzCell Text(Random random)
    {
        var text = random.Next(40) == 0
            ? new string('x', random.Next(200_000))
            : string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
        return new(text, block => block.AddText(text));
    }
}
