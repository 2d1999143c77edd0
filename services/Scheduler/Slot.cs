using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Scheduler;

/// <summary>One occurrence of a schedule, and the models that have this schedule.</summary>
public sealed record Slot
{
    /// <summary>
    /// The schedule: cron, time zone and whether runs may overlap, as <see cref="SlotMemory"/> keys it.
    /// </summary>
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
        [.. BySchedule(models)
            .Select(group => Of(group, group.Key.Newest(now) ?? DateTimeOffset.MinValue))
            .Where(slot => slot.At > emitted.GetValueOrDefault(slot.Schedule, DateTimeOffset.MinValue))
            .OrderBy(slot => slot.At).ThenBy(slot => slot.Schedule, StringComparer.Ordinal)];

    /// <summary>The next slot of any schedule; null when no schedule has one.</summary>
    public static Slot? Upcoming(IEnumerable<ModelDefinition> models, DateTimeOffset now) => BySchedule(models)
        .Select(group => group.Key.Next(now) is { } at ? Of(group, at) : null)
        .OfType<Slot>()
        .MinBy(slot => (slot.At, slot.Schedule));

    /// <summary>When the next slot of any schedule is due; null when no schedule has one.</summary>
    public static DateTimeOffset? Next(IEnumerable<ModelDefinition> models, DateTimeOffset now) =>
        BySchedule(models).Min(group => group.Key.Next(now));

    /// <summary>The names of all schedules.</summary>
    internal static IReadOnlySet<string> Schedules(IEnumerable<ModelDefinition> models) =>
        BySchedule(models).Select(group => group.Key.ToString()).ToHashSet();

    // Parsed once for each form that it is written in: models by the hundred share one.
    private static IEnumerable<IGrouping<ParsedSchedule, ModelDefinition>> BySchedule(
        IEnumerable<ModelDefinition> models)
    {
        var all = models.ToList();
        var schedules = all.DistinctBy(Written).ToDictionary(Written, ParsedSchedule.Of);
        return all.GroupBy(model => schedules[Written(model)]);

        static (string, string, RunConcurrency) Written(ModelDefinition model) =>
            (model.Schedule, model.TimeZone, model.Concurrency);
    }

    private static Slot Of(IGrouping<ParsedSchedule, ModelDefinition> group, DateTimeOffset at) =>
        new() { Schedule = group.Key.ToString(), At = at, Models = [.. group] };
}
