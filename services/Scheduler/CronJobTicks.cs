using Cronos;

namespace Benchmark.Scheduler;

/// <summary>
/// When a CronJob of Kubernetes starts its Jobs, which is not always when a schedule of the registry fires.
/// </summary>
internal sealed class CronJobTicks(string cron, TimeZoneInfo zone)
{
    private readonly IReadOnlyList<CronExpression> _expressions = [.. Expressions(cron).Select(Parse)];

    /// <summary>All of a time, both ends included, ascending.</summary>
    public List<DateTimeOffset> Between(DateTimeOffset from, DateTimeOffset to) =>
        [.. _expressions
            .SelectMany(expression => expression.GetOccurrences(
                ByTheClock(from).AddDays(-1), ByTheClock(to).AddDays(1), TimeZoneInfo.Utc, toInclusive: true))
            .SelectMany(Moments)
            .Where(moment => moment >= from && moment <= to)
            .Distinct().Order()];

    // Where day of month and day of week are both given, Kubernetes takes days that fit either, and Cronos both.
    private static string[] Expressions(string cron) =>
        cron.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            is [var minute, var hour, [not ('*' or '?'), ..] day, var month, [not ('*' or '?'), ..] weekday]
            ? [$"{minute} {hour} {day} {month} *", $"{minute} {hour} * {month} {weekday}"]
            : [cron];

    private static CronExpression Parse(string expression) => CronExpression.Parse(expression);

    // What the clock on the wall shows, in a form in which it never jumps.
    private DateTime ByTheClock(DateTimeOffset moment) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(moment, zone).DateTime, DateTimeKind.Utc);

    // A time that the clocks skip in spring does not come; one that they repeat in autumn comes twice.
    private IEnumerable<DateTimeOffset> Moments(DateTime byTheClock)
    {
        var local = DateTime.SpecifyKind(byTheClock, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
            return [];
        TimeSpan[] offsets =
            zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local) : [zone.GetUtcOffset(local)];
        return offsets.Select(offset => new DateTimeOffset(local, offset).ToUniversalTime());
    }
}
