using Cronos;

namespace Benchmark.Contracts.Registry;

/// <summary>When a model's next refresh is due, and whether its benchmark is late.</summary>
public static class DueRefresh
{
    // Clocks kept by NTP differ by far less.
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>
    /// When the schedule asks for the first refresh after this one, the time of a suspension left out; null when it
    /// never does again.
    /// </summary>
    public static DateTimeOffset? DueAfter(this ModelDefinition model, DateTimeOffset refreshedAt)
    {
        var schedule = CronExpression.Parse(model.Schedule);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(model.TimeZone);
        // A slot at the very midnight that ends the suspension is one that starts.
        return model.Suspend is { } suspend && model.SuspendedBefore(suspend) is var end && refreshedAt < end
            ? schedule.GetNextOccurrence(end, zone, inclusive: true)
            : schedule.GetNextOccurrence(refreshedAt, zone);
    }

    /// <summary>
    /// Whether the due refresh is overdue by more than a run may take, or the last one is dated in the future.
    /// </summary>
    public static bool IsLate(this ModelDefinition model, DateTimeOffset refreshedAt, DateTimeOffset now) =>
        IsYetToCome(refreshedAt, now) || model.DueAfter(refreshedAt) + model.RunDeadline < now;

    /// <summary>
    /// Whether a time of the past is in the future: it is of a clock that was wrong, and says nothing.
    /// </summary>
    public static bool IsYetToCome(DateTimeOffset past, DateTimeOffset now) => past > now + s_clockTolerance;
}
