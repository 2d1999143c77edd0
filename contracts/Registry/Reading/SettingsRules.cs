using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Checks settings that depend on each other or on the machine.</summary>
internal sealed class SettingsRules(IReadOnlyCollection<string> sources, Problems problems)
{
    private static readonly TimeSpan s_longestFetch = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_longestRun = TimeSpan.FromDays(30);

    /// <summary>The parent's settings overridden by the section's own, which are checked.</summary>
    public DefaultsSection Inherit(DefaultsSection parent, DefaultsSection? own)
    {
        var settings = Section.Merge(parent, own);
        if (own is null)
            return settings;

        if (own.Schedule is { } schedule)
            Check(ScheduleRules.ProblemWithCron(schedule), own, nameof(own.Schedule));
        if (own.TimeZone is { } zone)
            Check(ScheduleRules.ProblemWithTimeZone(zone), own, nameof(own.TimeZone));
        if (own.Source is { } source && !sources.Contains(source))
            problems.Add(own.At(nameof(own.Source)), $"there is no source {Problems.Quote(source)}.",
                Problems.Suggest(source, sources, "The sources are"));
        if (own.FetchTimeout > s_longestFetch)
            problems.Add(own.At(nameof(own.FetchTimeout)), "'fetch_timeout' is longer than a day.",
                "Write 24h or less: a fetch that hangs is to end some time.");
        if (own.ReadyTimeout > s_longestFetch)
            problems.Add(own.At(nameof(own.ReadyTimeout)), "'ready_timeout' is longer than a day.",
                "Write 24h or less, or schedule the refresh for when the source is loaded.");
        if (own.RunDeadline > s_longestRun)
            problems.Add(own.At(nameof(own.RunDeadline)), "'run_deadline' is longer than 30 days.",
                "Write 30d or less: its report is to come before the next run of a month.");
        CheckDrift(settings.Drift!, own.Drift);
        CheckSpecial(own.Drift);
        CheckRows(settings.Rows!, own.Rows);
        NotifyResolver.CheckOwner(settings, own, problems);
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

    private void Check(ScheduleProblem? problem, DefaultsSection own, string key)
    {
        if (problem is not null)
            problems.Add(own.At(key), problem.Problem, problem.Hint);
    }

    private void CheckRows(RowsSection settings, RowsSection? own)
    {
        if (own is null or { Min: null, Max: null } || settings.Max is null || settings.Min <= settings.Max)
            return;
        problems.Add(own.At(own.Min is null ? nameof(own.Max) : nameof(own.Min)),
            FormattableString.Invariant($"rows must be at least {settings.Min}, but at most {settings.Max}."),
            "'min' must not be above 'max'.");
    }
}
