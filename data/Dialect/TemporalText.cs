using System.Buffers.Binary;

namespace Benchmark.Data.Dialect;

/// <summary>Parses dates and times in the form of the dialect to days or 100 ns ticks.</summary>
internal static class TemporalText
{
    private const int DaysFromMarchOfYear0ToEpoch = 719_468;

    private static readonly long s_firstTick = (DateTime.MinValue - DateTime.UnixEpoch).Ticks;
    private static readonly long s_lastTick = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks;

    /// <summary><c>yyyy-MM-dd</c> as days since 1970-01-01.</summary>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out long days)
    {
        days = 0;
        if (text.Length != 10 || text[4] != (byte)'-' || text[7] != (byte)'-')
            return false;
        var word = BinaryPrimitives.ReadUInt32LittleEndian(text)
            | (ulong)BinaryPrimitives.ReadUInt16LittleEndian(text[5..]) << 32
            | (ulong)BinaryPrimitives.ReadUInt16LittleEndian(text[8..]) << 48;
        if (!EightDigits.TryRead(word, 8, out var date))
            return false;
        var (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        if (year < 1 || month is < 1 or > 12 || day < 1 || (day > 28 && day > DateTime.DaysInMonth(year, month)))
            return false;
        days = DaysSinceEpoch(year, month, day);
        return true;
    }

    /// <summary><c>HH:mm:ss[.fffffff]</c> as ticks since midnight.</summary>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 8 || text[2] != (byte)':' || text[5] != (byte)':')
            return false;
        var digits = TryDigits(text[..2], out var hour)
            & TryDigits(text[3..5], out var minute)
            & TryDigits(text[6..8], out var second);
        if (!digits || hour > 23 || minute > 59 || second > 59 || !TryFraction(text[8..], out var fraction))
            return false;
        ticks = ((hour * 60L + minute) * 60 + second) * TimeSpan.TicksPerSecond + fraction;
        return true;
    }

    /// <summary>
    /// <c>yyyy-MM-ddTHH:mm:ss[.fffffff]</c>, perhaps with <c>Z</c> or <c>±HH:mm</c>, as ticks since 1970-01-01 UTC.
    /// One without a zone is taken as UTC; an offset that leads out of the years 1 to 9999 is invalid.
    /// </summary>
    public static bool TryParseTimestamp(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 19 || text[10] != (byte)'T' || !TryParseDate(text[..10], out var days))
            return false;
        var zone = text[11..].IndexOfAny((byte)'Z', (byte)'+', (byte)'-');
        var clock = zone < 0 ? text[11..] : text.Slice(11, zone);
        var offset = 0L;
        if (!TryParseTime(clock, out var time) || (zone >= 0 && !TryOffset(text[(11 + zone)..], out offset)))
            return false;
        ticks = days * TimeSpan.TicksPerDay + time - offset;
        return ticks >= s_firstTick && ticks <= s_lastTick;
    }

    // Years that begin in March, so that the leap day is their last: no table, no branch (Hinnant 2013,
    // "days_from_civil").
    private static int DaysSinceEpoch(int year, int month, int day)
    {
        var afterMarch = (month + 9) % 12;
        year -= afterMarch / 10;
        var leapDays = year / 4 - year / 100 + year / 400;
        return year * 365 + leapDays + (afterMarch * 306 + 5) / 10 + day - 1 - DaysFromMarchOfYear0ToEpoch;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text is [(byte)'Z'])
            return true;
        if (text.Length != 6 || text[3] != (byte)':')
            return false;
        if (!TryDigits(text[1..3], out var hours) || !TryDigits(text[4..], out var minutes))
            return false;
        ticks = (hours * 60L + minutes) * TimeSpan.TicksPerMinute;
        if (minutes > 59 || ticks > 14 * TimeSpan.TicksPerHour)
            return false;
        ticks = text[0] == (byte)'-' ? -ticks : ticks;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out int ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] != (byte)'.' || text.Length is < 2 or > 8 || !TryDigits(text[1..], out ticks))
            return false;
        for (var digits = text.Length - 1; digits < 7; digits++)
            ticks *= 10;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var b in text)
        {
            var digit = b - '0';
            if ((uint)digit > 9)
                return false;
            value = value * 10 + digit;
        }
        return true;
    }
}
