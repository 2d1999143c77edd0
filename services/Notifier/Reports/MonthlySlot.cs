using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>The month of a run of a monthly schedule.</summary>
internal static class MonthlySlot
{
    /// <summary>
    /// The month, in the schedule's time zone, in which the run started; null when the schedule is not monthly.
    /// </summary>
    public static string? MonthOf(RunSummary run, ModelRegistry? registry)
    {
        if (run.Trigger != RunTrigger.Schedule || registry is null)
            return null;
        // Models of one scheduled run have the same schedule and time zone.
        var model = run.Models.Select(model => registry.Find(model.ValueStream, model.Model))
            .FirstOrDefault(model => model is not null);
        if (model is null || !IsMonthly(model.Schedule))
            return null;
        var local = TimeZoneInfo.TryFindSystemTimeZoneById(model.TimeZone, out var zone)
            ? TimeZoneInfo.ConvertTime(run.StartedAt, zone) : run.StartedAt;
        return local.ToString("MMMM", CultureInfo.InvariantCulture);
    }

    // One day of each month: '0 6 1 * *', '0 6 L * *' or '0 6 * * MON#1'.
    private static bool IsMonthly(string schedule) =>
        schedule.Equals("@monthly", StringComparison.OrdinalIgnoreCase)
        || (schedule.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is
                [var minute, var hour, var day, _, var weekday]
            && minute.All(char.IsAsciiDigit) && hour.All(char.IsAsciiDigit)
            && (IsOneDay(day) || weekday.Contains('#', StringComparison.Ordinal)));

    private static bool IsOneDay(string day) =>
        day.All(char.IsAsciiDigit) || day.StartsWith('L') || (day.EndsWith('W') && day.Length <= 3);
}
