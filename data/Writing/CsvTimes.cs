namespace Benchmark.Data.Writing;

/// <summary>Dates and times in the dialect: ISO 8601, the fraction of a second no longer than it needs to be.</summary>
internal static class CsvTimes
{
    private const int Longest = 40;

    /// <summary><c>yyyy-MM-dd</c></summary>
    public static void AddDate(CsvBlock block, DateOnly date)
    {
        WriteDate(block.Room(Longest), date);
        block.Advance(10);
    }

    /// <summary><c>HH:mm:ss[.fffffff]</c></summary>
    public static void AddTime(CsvBlock block, TimeOnly time) =>
        block.Advance(WriteTime(block.Room(Longest), time.Ticks));

    /// <summary><c>yyyy-MM-ddTHH:mm:ss[.fffffff]</c></summary>
    public static void AddTimestamp(CsvBlock block, DateTime timestamp)
    {
        var room = block.Room(Longest);
        WriteDate(room, DateOnly.FromDateTime(timestamp));
        room[10] = (byte)'T';
        block.Advance(11 + WriteTime(room[11..], timestamp.TimeOfDay.Ticks));
    }

    /// <summary>The same with <c>Z</c>; the value is UTC whatever its kind says.</summary>
    public static void AddUtcTimestamp(CsvBlock block, DateTime timestamp)
    {
        AddTimestamp(block, timestamp);
        block.Add((byte)'Z');
    }

    /// <summary>The same with the value's own offset, or <c>Z</c> when that is zero.</summary>
    public static void AddOffsetTimestamp(CsvBlock block, DateTimeOffset timestamp)
    {
        AddTimestamp(block, timestamp.DateTime);
        var minutes = (int)timestamp.Offset.TotalMinutes;
        if (minutes == 0)
        {
            block.Add((byte)'Z');
            return;
        }
        var room = block.Room(6);
        room[0] = (byte)(minutes < 0 ? '-' : '+');
        Write2(room[1..], Math.Abs(minutes) / 60);
        room[3] = (byte)':';
        Write2(room[4..], Math.Abs(minutes) % 60);
        block.Advance(6);
    }

    private static void WriteDate(Span<byte> room, DateOnly date)
    {
        var (year, month, day) = date;
        Write2(room, year / 100);
        Write2(room[2..], year % 100);
        room[4] = (byte)'-';
        Write2(room[5..], month);
        room[7] = (byte)'-';
        Write2(room[8..], day);
    }

    private static int WriteTime(Span<byte> room, long ticks)
    {
        var seconds = (int)(ticks / TimeSpan.TicksPerSecond);
        Write2(room, seconds / 3600);
        room[2] = (byte)':';
        Write2(room[3..], seconds / 60 % 60);
        room[5] = (byte)':';
        Write2(room[6..], seconds % 60);
        var fraction = (uint)(ticks % TimeSpan.TicksPerSecond);
        if (fraction == 0)
            return 8;
        room[8] = (byte)'.';
        return 9 + CsvNumbers.WriteFraction(room[9..], fraction, 7);
    }

    private static void Write2(Span<byte> room, int value)
    {
        room[0] = (byte)('0' + value / 10);
        room[1] = (byte)('0' + value % 10);
    }
}
