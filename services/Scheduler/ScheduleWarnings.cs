using System.Globalization;
using Benchmark.Contracts.Registry;

namespace Benchmark.Scheduler;

/// <summary>Schedules that may not be what was meant, and models that are suspended.</summary>
public static class ScheduleWarnings
{
    private const int MostNames = 3;

    private static readonly TimeSpan s_rare = TimeSpan.FromDays(367);

    /// <summary>A warning for each.</summary>
    public static IEnumerable<RegistryProblem> Of(IReadOnlyList<ModelDefinition> models, DateTimeOffset now)
    {
        foreach (var group in models.GroupBy(model => (model.Schedule, model.TimeZone)))
        {
            if (Warning(ParsedSchedule.Of(group.First()), group.Key.Schedule, now) is { } warning)
                yield return warning with { Where = Names(group) };
        }
        foreach (var model in models.Where(model => model.Suspend is not null))
            yield return model.SuspendedAt(now) is { } suspension
                ? new RegistryProblem { Where = $"model {model.Name}", Problem = $"it is {suspension}." }
                : new RegistryProblem
                {
                    Where = $"model {model.Name}",
                    Problem = "its suspension ended on "
                        + $"{model.Suspend!.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.",
                    Hint = "Remove 'suspend'.",
                };
    }

    private static RegistryProblem? Warning(ParsedSchedule schedule, string written, DateTimeOffset now)
    {
        var first = schedule.Next(now);
        var second = first is { } slot ? schedule.Next(slot) : null;
        if (first is null || second is null)
            return new RegistryProblem
            {
                Where = "",
                Problem = $"the schedule '{written}' {(first is null ? "has no further time" : "comes once more")}.",
                Hint = "Correct its day of month, month or day of week.",
            };
        if (HasBothDays(written))
            return new RegistryProblem
            {
                Where = "",
                Problem = $"the schedule '{written}' comes where the day of the month and the day of the week both "
                    + $"fit, next on {Day(first.Value)} and {Day(second.Value)}.",
                Hint = "Write * for one of the two days, unless this is meant; a CronJob of Kubernetes would take days "
                    + "that fit either.",
            };
        return second - first > s_rare || first - now > s_rare
            ? new RegistryProblem
            {
                Where = "",
                Problem = $"the schedule '{written}' comes rarely, next on {Day(first.Value)} and {Day(second.Value)}.",
                Hint = "For the last day of each month write L as its day.",
            }
            : null;
    }

    private static bool HasBothDays(string written) =>
        written.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            is [_, _, [not ('*' or '?'), ..], _, [not ('*' or '?'), ..]];

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Names(IEnumerable<ModelDefinition> models)
    {
        var names = models.Select(model => model.Name.ToString()).ToList();
        return $"model {string.Join(", ", names.Take(MostNames))}"
            + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
    }
}
