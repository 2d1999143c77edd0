using Benchmark.Contracts.Registry;
using Cronos;

namespace Benchmark.Scheduler;

/// <summary>
/// Whether a CronJob that runs <c>--once</c> starts every slot of the registry's schedules: it is to tick within an
/// hour of each, and before the next slot of the same schedule, which would replace it.
/// </summary>
public static class CronJobCoverage
{
    private const string EveryQuarter = "*/15 * * * *";
    private const string EveryMinute = "* * * * *";

    private static readonly TimeSpan s_limit = TimeSpan.FromHours(1);

    // All months, and both changes of the clocks.
    private static readonly TimeSpan s_horizon = TimeSpan.FromDays(400);

    /// <summary>A problem for each schedule with a slot that the CronJob does not start in time.</summary>
    /// <param name="cron">The CronJob's <c>schedule</c>: a valid cron expression.</param>
    /// <param name="timeZone">The CronJob's <c>timeZone</c>: a valid IANA name.</param>
    /// <param name="models">All models of the registry.</param>
    /// <param name="now">Slots before it do not matter.</param>
    public static IReadOnlyList<RegistryProblem> Problems(
        string cron, string timeZone, IEnumerable<ModelDefinition> models, DateTimeOffset now)
    {
        var ticks = new CronJobTicks(cron, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
        var coming = ticks.Between(now, now + s_horizon);
        return [.. models.GroupBy(model => (model.Schedule, model.TimeZone))
            .OrderBy(group => group.Key)
            .Select(group =>
                Uncovered(new Schedule(group.Key.Schedule, group.Key.TimeZone), ticks, coming, now) is { } late
                    ? Problem(cron, timeZone, [.. group], late, now) : null)
            .OfType<RegistryProblem>()];
    }

    private static LateSlot? Uncovered(
        Schedule schedule, CronJobTicks ticks, List<DateTimeOffset> coming, DateTimeOffset now)
    {
        // A slot close to the horizon has its tick behind it.
        var slots = schedule.Slots(now, now + s_horizon - s_limit);
        if (slots.Count > 0)
            return Uncovered(schedule, slots, coming);
        // On 29 February, for example.
        return schedule.Next(now) is { } rare
            ? Uncovered(schedule, [rare], ticks.Between(rare, rare + s_horizon)) : null;
    }

    private static LateSlot? Uncovered(Schedule schedule, List<DateTimeOffset> slots, List<DateTimeOffset> ticks)
    {
        for (var i = 0; i < slots.Count; i++)
        {
            var next = i + 1 < slots.Count ? slots[i + 1] : schedule.Next(slots[i]);
            var found = ticks.BinarySearch(slots[i]);
            var index = found < 0 ? ~found : found;
            DateTimeOffset? tick = index < ticks.Count ? ticks[index] : null;
            if (tick is null || tick - slots[i] > s_limit || tick >= next)
                return new LateSlot(schedule, slots[i], tick, IsLost: tick is null || tick >= next);
        }
        return null;
    }

    private static RegistryProblem Problem(
        string cron, string timeZone, IReadOnlyList<ModelDefinition> models, LateSlot late, DateTimeOffset now)
    {
        var more = models.Count > 1 ? $" and {models.Count - 1} more" : "";
        var tick = late.Tick is { } at ? $"comes at {at:yyyy-MM-dd HH:mm}Z" : "does not come within a year";
        var better = IsCovered(EveryQuarter) ? EveryQuarter : EveryMinute;
        return new RegistryProblem
        {
            Where = $"--cron '{cron}' --time-zone {timeZone}",
            Problem = $"the schedule '{late.Schedule.Cron}' {late.Schedule.TimeZone} of {models[0].Name}{more} is not "
                + $"covered: its slot of {late.Slot.UtcDateTime:yyyy-MM-dd HH:mm}Z is not started in time, because the "
                + $"CronJob's next tick {tick}"
                + (late.IsLost ? ", and the slot is lost." : "."),
            Hint = $"Let the CronJob tick more often: '{better}'. A tick at which nothing is due ends within seconds.",
        };

        bool IsCovered(string another)
        {
            var ticks = new CronJobTicks(another, TimeZoneInfo.Utc);
            return Uncovered(late.Schedule, ticks, ticks.Between(now, now + s_horizon), now) is null;
        }
    }

    private sealed record LateSlot(Schedule Schedule, DateTimeOffset Slot, DateTimeOffset? Tick, bool IsLost);

    private sealed record Schedule(string Cron, string TimeZone)
    {
        private readonly CronExpression _cron = CronExpression.Parse(Cron);
        private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

        public List<DateTimeOffset> Slots(DateTimeOffset from, DateTimeOffset to) =>
            [.. _cron.GetOccurrences(from, to, _zone).Select(slot => slot.ToUniversalTime())];

        public DateTimeOffset? Next(DateTimeOffset moment) => _cron.GetNextOccurrence(moment, _zone)?.ToUniversalTime();
    }
}
