using Benchmark.Contracts.Registry.Document;
using Cronos;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Checks settings that depend on each other or on the machine.</summary>
internal sealed class SettingsRules(IReadOnlyCollection<string> sources, Problems problems)
{
    private const string CronosSaysFirst = "The given cron expression has an invalid format. ";

    private static readonly TimeSpan s_longestFetch = TimeSpan.FromDays(1);

    /// <summary>The parent's settings overridden by the section's own, which are checked.</summary>
    public DefaultsSection Inherit(DefaultsSection parent, DefaultsSection? own)
    {
        var settings = Section.Merge(parent, own);
        if (own is null)
            return settings;

        CheckSchedule(own);
        if (own.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            problems.Add(own.At(nameof(own.TimeZone)), $"{Problems.Quote(zone)} is not a time zone of this machine.",
                SuggestZone(zone));
        if (own.Source is { } source && !sources.Contains(source))
            problems.Add(own.At(nameof(own.Source)), $"there is no source {Problems.Quote(source)}.",
                Problems.Suggest(source, sources, "The sources are"));
        if (own.FetchTimeout > s_longestFetch)
            problems.Add(own.At(nameof(own.FetchTimeout)), "'fetch_timeout' is longer than a day.",
                "Write 24h or less: a fetch that hangs is to end some time.");
        CheckDrift(settings.Drift!, own.Drift);
        CheckSpecial(own.Drift);
        CheckRows(settings.Rows!, own.Rows);
        return settings;
    }

    /// <summary>Reports limits that contradict each other, where the section itself sets one of them.</summary>
    public void CheckDrift(DriftSection settings, DriftSection? own)
    {
        if (own is null or { Warn: null, Fail: null } || settings.Warn <= settings.Fail)
            return;
        problems.Add(own.At(own.Warn is null ? nameof(own.Fail) : nameof(own.Warn)),
            FormattableString.Invariant(
                $"drift warns at {settings.Warn}, which is above the {settings.Fail} it fails at."),
            "'warn' must not be above 'fail'.");
    }

    // Which columns can hold them is known once their types are.
    private void CheckSpecial(DriftSection? own)
    {
        foreach (var again in (own?.Special ?? []).GroupBy(code => code.Text).Where(same => same.Count() > 1))
            problems.Add(again.Last().Place, $"the special code {again.Key} is given twice.", "Remove one.");
    }

    private void CheckSchedule(DefaultsSection own)
    {
        if (own.Schedule is not { } schedule)
            return;
        try
        {
            CronExpression.Parse(schedule);
        }
        catch (CronFormatException e)
        {
            problems.Add(own.At(nameof(own.Schedule)),
                $"{Problems.Quote(schedule)} is not a cron expression: {Reason(schedule, e.Message)}.",
                "Write minute, hour, day of month, month and day of week, such as '0 0 1 * *', or \"@monthly\".");
        }
    }

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

    private void CheckRows(RowsSection settings, RowsSection? own)
    {
        if (own is null or { Min: null, Max: null } || settings.Max is null || settings.Min <= settings.Max)
            return;
        problems.Add(own.At(own.Min is null ? nameof(own.Max) : nameof(own.Min)),
            FormattableString.Invariant($"rows must be at least {settings.Min}, but at most {settings.Max}."),
            "'min' must not be above 'max'.");
    }

    private static string SuggestZone(string zone) =>
        Nearest.To(zone, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)) is [var nearest]
            ? $"Did you mean '{nearest}'?"
            : "Write an IANA name such as Europe/Zurich; if it is one, this machine lacks the tzdata package.";
}
