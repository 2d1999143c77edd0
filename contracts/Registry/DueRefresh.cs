using Cronos;

namespace Benchmark.Contracts.Registry;

/// <summary>When a model's next refresh is due, and whether its benchmark is late.</summary>
public static class DueRefresh
{
    /// <summary>When the schedule asks for the first refresh after this one; null when it never does again.</summary>
    public static DateTimeOffset? DueAfter(this ModelDefinition model, DateTimeOffset refreshedAt) =>
        CronExpression.Parse(model.Schedule)
            .GetNextOccurrence(refreshedAt, TimeZoneInfo.FindSystemTimeZoneById(model.TimeZone));

    /// <summary>Whether the due refresh is overdue by more than a run may take.</summary>
    public static bool IsLate(this ModelDefinition model, DateTimeOffset refreshedAt, DateTimeOffset now) =>
        model.DueAfter(refreshedAt) + model.RunDeadline < now;
}
