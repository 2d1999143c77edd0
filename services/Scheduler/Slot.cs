using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Cronos;

namespace Benchmark.Scheduler;

/// <summary>One occurrence of a schedule, and the models that have this schedule.</summary>
public sealed record Slot
{
    /// <summary>The schedule: cron and time zone, as <see cref="SlotMemory"/> keys it.</summary>
    public required string Schedule { get; init; }

    /// <summary>The time of the slot, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The models with this schedule. Never empty.</summary>
    public required IReadOnlyList<ModelDefinition> Models { get; init; }

    /// <summary>
    /// The run of this slot in an installation: the same slot emitted twice is the same run (UUID version 5, RFC 9562,
    /// in the namespace of the installation).
    /// </summary>
    /// <param name="installation"><see cref="Installation.IdOf"/>.</param>
    public Guid RunIn(Guid installation)
    {
        var name = $"{Schedule} {At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}";
        var hash = SHA1.HashData([.. installation.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
        hash[6] = (byte)(hash[6] & 0x0f | 0x50);
        hash[8] = (byte)(hash[8] & 0x3f | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>
    /// The newest past slot of each schedule, unless it was emitted already; older missed slots are skipped.
    /// </summary>
    /// <param name="models">All models.</param>
    /// <param name="emitted">The last emitted slot by schedule.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Slot> Due(
        IEnumerable<ModelDefinition> models, IReadOnlyDictionary<string, DateTimeOffset> emitted, DateTimeOffset now) =>
        [.. models
            .GroupBy(model => (model.Schedule, model.TimeZone))
            .Select(group => new Slot
            {
                Schedule = $"{group.Key.Schedule} {group.Key.TimeZone}",
                At = Newest(group.Key.Schedule, group.Key.TimeZone, now) ?? DateTimeOffset.MinValue,
                Models = [.. group],
            })
            .Where(slot => slot.At > emitted.GetValueOrDefault(slot.Schedule, DateTimeOffset.MinValue))
            .OrderBy(slot => slot.At).ThenBy(slot => slot.Schedule, StringComparer.Ordinal)];

    /// <summary>The next slot of any schedule; null when no schedule has one.</summary>
    public static Slot? Upcoming(IEnumerable<ModelDefinition> models, DateTimeOffset now) =>
        models.GroupBy(model => (model.Schedule, model.TimeZone))
            .Select(group => Next(group.Key.Schedule, group.Key.TimeZone, now) is { } at
                ? new Slot { Schedule = $"{group.Key.Schedule} {group.Key.TimeZone}", At = at, Models = [.. group] }
                : null)
            .OfType<Slot>()
            .MinBy(slot => (slot.At, slot.Schedule));

    /// <summary>When the next slot of any schedule is due; null when no schedule has one.</summary>
    public static DateTimeOffset? Next(IEnumerable<ModelDefinition> models, DateTimeOffset now) =>
        models.Select(model => (model.Schedule, model.TimeZone)).Distinct()
            .Min(s => Next(s.Schedule, s.TimeZone, now));

    private static DateTimeOffset? Next(string schedule, string timeZone, DateTimeOffset now) =>
        Parse(schedule).GetNextOccurrence(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone));

    private static DateTimeOffset? Newest(string schedule, string timeZone, DateTimeOffset now)
    {
        var cron = Parse(schedule);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        // Cronos only enumerates forward, so look back over longer and longer ranges; 29 February recurs within eight
        // years.
        foreach (var days in (ReadOnlySpan<int>)[1, 32, 366, 3000])
        {
            var newest = cron.GetOccurrences(now.AddDays(-days), now, zone, toInclusive: true)
                .Cast<DateTimeOffset?>().LastOrDefault();
            if (newest is not null)
                return newest.Value.ToUniversalTime();
        }
        return null;
    }

    private static CronExpression Parse(string schedule) => CronExpression.Parse(schedule);
}
