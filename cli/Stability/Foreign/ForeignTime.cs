using System.Globalization;
using System.Text;
using Benchmark.Data;
using Benchmark.Data.Dialect;

namespace Benchmark.Cli.Stability.Foreign;

/// <summary>Dates and times as other tools write them, and their spelling in the dialect.</summary>
/// <param name="format">The form of dates that was told, as <c>strptime</c> writes it; null when none was.</param>
internal sealed class ForeignTime(string? format)
{
    private const int DateLength = 10;
    private const int LongestFraction = 7;

    private static readonly Grammar s_date = Grammar.Of(ColumnType.Date);
    private static readonly Grammar s_timestamp = Grammar.Of(ColumnType.Timestamp);
    private static readonly Grammar s_time = Grammar.Of(ColumnType.Time);

    private static readonly (string Place, string Net)[] s_places =
    [
        ("%Y", "yyyy"), ("%y", "yy"), ("%m", "MM"), ("%d", "dd"), ("%H", "HH"), ("%I", "hh"), ("%M", "mm"),
        ("%S", "ss"), ("%f", "FFFFFFF"), ("%p", "tt"), ("%b", "MMM"), ("%B", "MMMM"), ("%%", "'%'"),
    ];

    private readonly string[] _told = format is null ? [] : [Net(format), Net(format, padded: false)];
    private readonly bool _toldHasTime = format is not null
        && (format.Contains("%H", StringComparison.Ordinal) || format.Contains("%I", StringComparison.Ordinal));

    /// <summary>What is wrong with a told format; null when it can be used.</summary>
    public static string? Problem(string format)
    {
        var rest = s_places.Aggregate(format, (text, place) => text.Replace(place.Place, "", StringComparison.Ordinal));
        return rest.Contains('%') || rest.Any(c => char.IsLetter(c) && c != 'T')
            || !format.Contains("%d", StringComparison.Ordinal)
            || !(format.Contains("%Y", StringComparison.Ordinal) || format.Contains("%y", StringComparison.Ordinal))
            ? $"is no form of a date. Allowed are {string.Join(' ', s_places.Select(place => place.Place))}, with a "
                + "day and a year: for example %d.%m.%Y or %m/%d/%Y."
            : null;
    }

    /// <summary>Whether a text is a date in the told form.</summary>
    public bool IsTold(ReadOnlySpan<byte> text) => TryTold(text, out _);

    /// <summary>The form of a date or time; <see cref="Form.Text"/> for every other text.</summary>
    public Form FormOf(ReadOnlySpan<byte> text)
    {
        if (_told.Length > 0 && TryTold(text, out _))
            return _toldHasTime ? Form.Timestamp : Form.Date;
        if (s_date.Accepts(text))
            return Form.Date;
        Span<byte> room = stackalloc byte[64];
        if (TrySpellTimestamp(text, room, out _))
            return Form.Timestamp;
        return TrySpellTime(text, room, out _) ? Form.Time : LooksLikeDate(text) ? Form.DateLike : Form.Text;
    }

    /// <summary>Spells a date in the dialect; a timestamp is one where its time is midnight.</summary>
    public bool TrySpellDate(ReadOnlySpan<byte> text, Span<byte> room, out int length)
    {
        length = DateLength;
        if (TryTold(text, out var told))
        {
            Encoding.UTF8.GetBytes(told.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), room);
            return told.TimeOfDay == TimeSpan.Zero;
        }
        if (s_date.Accepts(text))
        {
            text.CopyTo(room);
            return true;
        }
        return TrySpellTimestamp(text, room, out var whole)
            && !room[(DateLength + 1)..ClockEnd(room[..whole])].ContainsAnyExcept("0:."u8);
    }

    /// <summary>Spells a timestamp in the dialect; a date is one at midnight.</summary>
    public bool TrySpellTimestamp(ReadOnlySpan<byte> text, Span<byte> room, out int length)
    {
        length = 0;
        if (TryTold(text, out var told))
        {
            length = Encoding.UTF8.GetBytes(
                told.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture), room);
            return true;
        }
        if (text.Length < DateLength || !s_date.Accepts(text[..DateLength]))
            return false;
        text[..DateLength].CopyTo(room);
        room[DateLength] = (byte)'T';
        if (text.Length == DateLength)
        {
            "00:00:00"u8.CopyTo(room[(DateLength + 1)..]);
            length = DateLength + 9;
            return true;
        }
        if (text[DateLength] is not ((byte)' ' or (byte)'T'))
            return false;
        var rest = text[(DateLength + 1)..];
        var clock = rest.IndexOfAny("Z+- U"u8);
        if (!TrySpellTime(clock < 0 ? rest : rest[..clock], room[(DateLength + 1)..], out var time))
            return false;
        length = DateLength + 1 + time;
        if (clock >= 0 && !TrySpellZone(rest[clock..].TrimStart((byte)' '), room, ref length))
            return false;
        return s_timestamp.Accepts(room[..length]);
    }

    /// <summary>Spells a time of day in the dialect: seconds may be missing, and have at most nine decimals.</summary>
    public static bool TrySpellTime(ReadOnlySpan<byte> text, Span<byte> room, out int length)
    {
        length = 0;
        if (text.Length is < 5 or > 18)
            return false;
        var kept = text;
        if (text.Length > 8 + 1 + LongestFraction)
        {
            // Nanoseconds, as pandas has them.
            if (text[(8 + 1 + LongestFraction)..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                return false;
            kept = text[..(8 + 1 + LongestFraction)];
        }
        kept.CopyTo(room);
        length = kept.Length;
        if (text.Length == 5)
        {
            ":00"u8.CopyTo(room[length..]);
            length += 3;
        }
        return s_time.Accepts(room[..length]);
    }

    private static bool TrySpellZone(ReadOnlySpan<byte> zone, Span<byte> room, ref int length)
    {
        if (zone.SequenceEqual("Z"u8) || zone.SequenceEqual("UTC"u8))
        {
            room[length++] = (byte)'Z';
            return true;
        }
        if (zone.Length is not (3 or 5 or 6) || zone[0] is not ((byte)'+' or (byte)'-'))
            return false;
        zone[..3].CopyTo(room[length..]);
        room[length + 3] = (byte)':';
        (zone.Length == 3 ? "00"u8 : zone[^2..]).CopyTo(room[(length + 4)..]);
        length += 6;
        return true;
    }

    private static int ClockEnd(ReadOnlySpan<byte> timestamp)
    {
        var zone = timestamp[(DateLength + 1)..].IndexOfAny("Z+-"u8);
        return zone < 0 ? timestamp.Length : DateLength + 1 + zone;
    }

    private bool TryTold(ReadOnlySpan<byte> text, out DateTime told)
    {
        told = default;
        return _told.Length > 0 && text.Length <= 64 && DateTime.TryParseExact(
            Encoding.UTF8.GetString(text), _told, CultureInfo.InvariantCulture, DateTimeStyles.None, out told);
    }

    // Three parts between equal separators: a year, a day and a month, which may be a name.
    private static bool LooksLikeDate(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 6 or > 32 || !text.ContainsAny("/.- "u8))
            return false;
        var whole = Encoding.UTF8.GetString(text);
        var clock = whole.IndexOf(':');
        var date = (clock < 0 ? whole : whole[..Math.Max(whole[..clock].LastIndexOfAny([' ', 'T']), 0)])
            .Replace(", ", " ", StringComparison.Ordinal).Trim();
        foreach (var separator in "/.- ")
        {
            if (date.Split(separator) is [var first, var second, var third])
                return AreDate(first, second, third) || AreDate(third, second, first);
        }
        return false;
    }

    private static bool AreDate(string first, string second, string year) =>
        year.Length is 2 or 4 && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && ((IsMonth(first) && IsUpTo(second, 31)) || (IsMonth(second) && IsUpTo(first, 31)));

    private static bool IsUpTo(string part, int greatest) => part.Length <= 2
        && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1 && number <= greatest;

    private static bool IsMonth(string part) => IsUpTo(part, 12) || (part.Length >= 3
        && CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Any(
            month => month.StartsWith(part, StringComparison.OrdinalIgnoreCase)));

    // Not padded, because strptime reads 1/31/2024 by %m/%d/%Y, too.
    private static string Net(string format, bool padded = true)
    {
        var text = s_places.Aggregate(
            format, (net, place) => net.Replace(place.Place, place.Net, StringComparison.Ordinal));
        return padded ? text : text.Replace("dd", "d", StringComparison.Ordinal)
            .Replace("HH", "H", StringComparison.Ordinal).Replace("hh", "h", StringComparison.Ordinal)
            .Replace("MMM", "\0", StringComparison.Ordinal).Replace("MM", "M", StringComparison.Ordinal)
            .Replace("\0", "MMM", StringComparison.Ordinal);
    }
}
