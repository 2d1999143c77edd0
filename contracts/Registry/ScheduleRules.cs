using Cronos;

namespace Benchmark.Contracts.Registry;

/// <summary>What a schedule and its time zone may be, in the registry and on a command line.</summary>
public static class ScheduleRules
{
    private const string Form =
        "Write minute, hour, day of month, month and day of week, such as '0 0 1 * *', or \"@monthly\".";

    private const string CronosSaysFirst = "The given cron expression has an invalid format. ";

    // The library knows more: one that fires every second, too.
    private static readonly string[] s_words =
        ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"];

    /// <summary>What is wrong with a schedule; null when nothing is.</summary>
    public static ScheduleProblem? ProblemWithCron(string schedule)
    {
        if (schedule.StartsWith('@') && !s_words.Contains(schedule, StringComparer.OrdinalIgnoreCase))
            return new(
                $"{Quote(schedule)} is not a schedule.", $"Of these words there are {string.Join(", ", s_words)}.");
        try
        {
            return CronExpression.Parse(schedule).GetNextOccurrence(DateTime.UnixEpoch) is null
                ? new($"{Quote(schedule)} never fires: no year has such a day.",
                    "Correct its day of month, month or day of week; L as day of month is the last day.")
                : null;
        }
        catch (CronFormatException e)
        {
            return new($"{Quote(schedule)} is not a cron expression: {Reason(schedule, e.Message)}.", Form);
        }
        catch (MissingSeedException)
        {
            return new($"{Quote(schedule)} is not a cron expression: H stands for no fixed time.", Form);
        }
    }

    /// <summary>What is wrong with a time zone; null when nothing is.</summary>
    public static ScheduleProblem? ProblemWithTimeZone(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? null
            : new($"{Quote(zone)} is not a time zone of this machine.",
                Nearest.To(zone, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)) is [var nearest]
                    ? $"Did you mean '{nearest}'?"
                    : "Write an IANA name such as Europe/Zurich; if it is one, this machine lacks the tzdata package.");

    // Of a field too few or too many, Cronos says that some character is unexpected.
    private static string Reason(string schedule, string cronos)
    {
        var fields = schedule.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields != 5 && !schedule.StartsWith('@'))
            return $"{fields} {(fields == 1 ? "field" : "fields")} instead of 5";
        var reason = cronos.Replace(CronosSaysFirst, "", StringComparison.Ordinal)
            .Replace(": Value must", " must", StringComparison.Ordinal).TrimEnd('.');
        return char.ToLowerInvariant(reason[0]) + reason[1..];
    }

    private static string Quote(string written) => Document.Problems.Quote(written);
}

/// <summary>What is wrong with a schedule or a time zone.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="Hint">What to write instead.</param>
public sealed record ScheduleProblem(string Problem, string Hint);
