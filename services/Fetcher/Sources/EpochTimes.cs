namespace Benchmark.Fetcher.Sources;

/// <summary>Dates and times that a source counts from an epoch; the dialect has the years 1 to 9999.</summary>
internal static class EpochTimes
{
    /// <summary>Day number of 1970-01-01, where most sources begin to count.</summary>
    public static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Days from 1970-01-01 to 2000-01-01, where PostgreSQL begins to count.</summary>
    public static readonly int DaysTo2000 = new DateOnly(2000, 1, 1).DayNumber - EpochDay;

    /// <summary>The date that many days after 1970-01-01.</summary>
    /// <exception cref="OverflowException">The dialect has no such year.</exception>
    public static DateOnly DateAt(long days)
    {
        var number = days + EpochDay;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)number) : throw NoSuchYear();
    }

    /// <summary>The time that many units of so many ticks after 1970-01-01T00:00:00.</summary>
    /// <exception cref="OverflowException">The dialect has no such year.</exception>
    public static DateTime At(Int128 units, long ticks)
    {
        var at = DateTime.UnixEpoch.Ticks + units * ticks;
        return at >= 0 && at <= DateTime.MaxValue.Ticks ? new DateTime((long)at) : throw NoSuchYear();
    }

    /// <summary>The time that many microseconds after midnight.</summary>
    /// <exception cref="OverflowException">It is 24:00 or otherwise not a time of day.</exception>
    public static TimeOnly TimeAt(long microseconds) =>
        microseconds is >= 0 and < TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond
        ? new TimeOnly(microseconds * TimeSpan.TicksPerMicrosecond)
        : throw new OverflowException("The time is not between 00:00:00 and 23:59:59.9999999.");

    /// <summary>The exception for PostgreSQL's infinity, which the dialect cannot represent.</summary>
    public static OverflowException Infinite() => new("The value is infinite.");

    private static OverflowException NoSuchYear() => new("The year is not between 1 and 9999.");
}
