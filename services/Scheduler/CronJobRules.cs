using System.Globalization;

namespace Benchmark.Scheduler;

/// <summary>What a schedule of the registry may say, and a CronJob of Kubernetes may not.</summary>
public static class CronJobRules
{
    private const int DayOfMonth = 2;
    private const int DayOfWeek = 4;

    /// <summary>Why Kubernetes refuses the expression, which is otherwise a valid one; null when it does not.</summary>
    public static string? Problem(string cron)
    {
        var fields = cron.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            return null;
        if (fields[DayOfMonth].AsSpan().IndexOfAny("LWlw") >= 0 || fields[DayOfWeek].Contains('#')
            || fields[DayOfWeek].EndsWith('L'))
            return "Kubernetes knows no L, W or #.";
        if (Numbers(fields[DayOfWeek]).Contains(7))
            return "Kubernetes counts the days of the week from 0 to 6: write 0 for Sunday.";
        return fields.SelectMany(field => field.Split(',')).FirstOrDefault(IsReversed) is { } range
            ? $"Kubernetes takes no range that ends before it begins, as {range} does: write two ranges." : null;
    }

    private static IEnumerable<int> Numbers(string field) => field.Split(',', '-', '/')
        .Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : -1);

    private static bool IsReversed(string part) => part.Split('/')[0].Split('-') is [var from, var to]
        && int.TryParse(from, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(to, CultureInfo.InvariantCulture, out var last) && first > last;
}
