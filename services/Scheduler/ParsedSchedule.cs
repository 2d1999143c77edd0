using Benchmark.Contracts.Registry;
using Cronos;

namespace Benchmark.Scheduler;

/// <summary>
/// When models are refreshed, whatever the form it is written in: <c>@monthly</c> and <c>00 0 1 * *</c> are the same.
/// Models that may not be refreshed by two runs at once have a schedule, and so a run, of their own: only they wait.
/// </summary>
internal sealed record ParsedSchedule(string Cron, string TimeZone, RunConcurrency Concurrency = RunConcurrency.Allow)
{
    private const string Forbid = ", concurrency: forbid";

    private readonly CronExpression _cron = CronExpression.Parse(Cron);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The schedule of a model.</summary>
    public static ParsedSchedule Of(ModelDefinition model) =>
        new(CronExpression.Parse(model.Schedule).ToString(), model.TimeZone, model.Concurrency);

    /// <summary>The schedule of a name that was remembered; null when it is not the name of one.</summary>
    public static ParsedSchedule? Named(string name)
    {
        var concurrency = name.EndsWith(Forbid, StringComparison.Ordinal)
            ? RunConcurrency.Forbid : RunConcurrency.Allow;
        var written = concurrency == RunConcurrency.Forbid ? name[..^Forbid.Length] : name;
        var zone = written.LastIndexOf(' ');
        return zone >= 0 && CronExpression.TryParse(written[..zone], out var cron)
            && TimeZoneInfo.TryFindSystemTimeZoneById(written[(zone + 1)..], out _)
                ? new ParsedSchedule(cron.ToString(), written[(zone + 1)..], concurrency) : null;
    }

    /// <summary>All slots of a time, the end included, ascending, UTC.</summary>
    public IEnumerable<DateTimeOffset> Slots(DateTimeOffset from, DateTimeOffset to) =>
        _cron.GetOccurrences(from, to, _zone, toInclusive: true).Select(slot => slot.ToUniversalTime());

    /// <summary>The first slot after a moment; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset moment) => _cron.GetNextOccurrence(moment, _zone)?.ToUniversalTime();

    /// <summary>The last slot up to a moment; null when there was none.</summary>
    public DateTimeOffset? Newest(DateTimeOffset now)
    {
        // Cronos only enumerates forward, so look back over longer and longer ranges; 29 February recurs within eight
        // years.
        foreach (var days in (ReadOnlySpan<int>)[1, 32, 366, 3000])
        {
            if (Slots(now.AddDays(-days), now).Cast<DateTimeOffset?>().LastOrDefault() is { } newest)
                return newest;
        }
        return null;
    }

    /// <summary>Its name in the memory of slots, in logs and in the reason of its runs.</summary>
    public override string ToString() =>
        $"{Cron} {TimeZone}{(Concurrency == RunConcurrency.Forbid ? Forbid : "")}";
}
