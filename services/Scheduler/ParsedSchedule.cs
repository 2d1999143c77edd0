using Benchmark.Contracts.Registry;
using Cronos;

namespace Benchmark.Scheduler;

/// <summary>
/// When models are refreshed, whatever the form it is written in: <c>@monthly</c> and <c>00 0 1 * *</c> are the same.
/// </summary>
internal sealed record ParsedSchedule(string Cron, string TimeZone)
{
    private readonly CronExpression _cron = CronExpression.Parse(Cron);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The schedule of a model.</summary>
    public static ParsedSchedule Of(ModelDefinition model) => new(Parsed(model.Schedule), model.TimeZone);

    /// <summary>The name of a schedule that was remembered under another form of it, or under one of no form.</summary>
    public static string NameOf(string remembered)
    {
        var zone = remembered.LastIndexOf(' ');
        if (zone < 0 || !CronExpression.TryParse(remembered[..zone], out var cron))
            return remembered;
        return $"{cron} {remembered[(zone + 1)..]}";
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
    public override string ToString() => $"{Cron} {TimeZone}";

    private static string Parsed(string written) => CronExpression.Parse(written).ToString();
}
