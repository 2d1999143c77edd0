using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Scheduler;

/// <summary>What the volume knows of slots: from when on those of each schedule are due, and whose they are.</summary>
public sealed class SlotMemory(VolumeLayout volume)
{
    // No schedule: when the registry's schedules were last compared with the memory.
    private const string LookedAt = "looked at";

    // Before the name of a schedule: its last slot that became a run. Not every slot does: all its models may have been
    // suspended, and of a new schedule only a moment is known.
    private const string Started = "started ";

    // A schedule that left the registry for a moment, while its files were replaced, still gets its slot.
    private static readonly TimeSpan s_mayComeBack = TimeSpan.FromHours(1);

    // Often enough that a schedule which was changed while no Scheduler ran waits for its next slot.
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The last emitted slot by schedule; of a schedule that has emitted none, the moment after which its slots count.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not valid JSON; the message says what to do.</exception>
    public IReadOnlyDictionary<string, DateTimeOffset> Load() => Read()
        .Where(entry => IsSchedule(entry.Key) && entry.Value > DateTimeOffset.MinValue).ToDictionary();

    /// <summary>
    /// Takes note of schedules that are new to the registry. Their slots count from the previous look on, so that an
    /// edited schedule waits for its next slot; on a new volume, all do. One that is no longer in the registry is
    /// forgotten when its next slot has passed: if it comes back, it is new.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be read or written.</exception>
    public void Look(IReadOnlySet<string> schedules, DateTimeOffset now)
    {
        var slots = Read();
        var previous = slots.Count == 0 ? DateTimeOffset.MinValue
            : slots.TryGetValue(LookedAt, out var looked) ? looked : slots.Values.Max();
        var added = schedules.Where(schedule => !slots.ContainsKey(schedule)).ToList();
        // One of a wrong clock would hold up every new schedule until then.
        foreach (var schedule in added)
            slots[schedule] = previous < now ? previous : now;
        var forgotten = Forget(slots, schedules, now);
        var lookedLately = slots.ContainsKey(LookedAt) && (now - previous).Duration() < s_lookInterval;
        if (added.Count == 0 && forgotten == 0 && lookedLately)
            return;
        slots[LookedAt] = now;
        Write(slots);
    }

    /// <summary>
    /// The remembered slots that are yet to come. A clock was wrong when they were emitted: they do not count, because
    /// their schedules would stand still until then.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not valid JSON.</exception>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public IReadOnlyDictionary<string, DateTimeOffset> YetToCome(DateTimeOffset now) =>
        Load().Where(slot => DueRefresh.IsYetToCome(slot.Value, now)).ToDictionary();

    /// <summary>Checks that the volume is that of an installation, before anything is written to it.</summary>
    /// <exception cref="NoInstallationException">It is not.</exception>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    /// <exception cref="InvalidDataException">The id cannot be read.</exception>
    public void RequireInstallation() => Installation.IdOf(volume);

    /// <summary>The run of a slot in this installation.</summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public Guid RunOf(Slot slot) => slot.RunIn(Installation.IdOf(volume));

    /// <summary>Whether the run of a slot has been started and has closed: its report is on the volume.</summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public bool HasClosed(Slot slot) => Posix.Exists(volume.Report(RunOf(slot)));

    /// <summary>
    /// The run that the schedule started last, as long as it is open: its report is not on the volume. A day after its
    /// deadline it counts as closed, report or not.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public Guid? OpenRunBefore(Slot slot, DateTimeOffset now)
    {
        if (!Read().TryGetValue(Started + slot.Schedule, out var last) || last == slot.At
            || DueRefresh.IsYetToCome(last, now)
            || now > last + slot.Models.Max(model => model.RunDeadline) + TimeSpan.FromDays(1))
            return null;
        var before = slot with { At = last };
        return HasClosed(before) ? null : RunOf(before);
    }

    /// <summary>
    /// Checks that a slot can be recorded: a run whose slot is not recorded would start again and again.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public void RequireWritable() => Write(Read());

    /// <summary>
    /// Records a slot when its run has been handed to the bus, or when it has none; a later slot is never replaced by
    /// an earlier one, unless it is yet to come.
    /// </summary>
    public void Remember(Slot slot, DateTimeOffset now, bool isStarted)
    {
        var slots = Read();
        if (slots.TryGetValue(slot.Schedule, out var known) && known >= slot.At && !DueRefresh.IsYetToCome(known, now))
            return;
        slots[slot.Schedule] = slot.At;
        if (isStarted)
            slots[Started + slot.Schedule] = slot.At;
        Write(slots);
    }

    private static int Forget(
        SortedDictionary<string, DateTimeOffset> slots, IReadOnlySet<string> schedules, DateTimeOffset now)
    {
        var over = slots.Where(entry => IsSchedule(entry.Key) && !schedules.Contains(entry.Key)
            && IsOver(entry.Key, entry.Value, now)).Select(entry => entry.Key).ToList();
        foreach (var schedule in over)
        {
            slots.Remove(schedule);
            slots.Remove(Started + schedule);
        }
        return over.Count;
    }

    private static bool IsSchedule(string key) =>
        key != LookedAt && !key.StartsWith(Started, StringComparison.Ordinal);

    // What names no schedule is of no use to any version; what has emitted nothing yet is due when it comes back.
    private static bool IsOver(string schedule, DateTimeOffset last, DateTimeOffset now) =>
        ParsedSchedule.Named(schedule) is not { } parsed
        || (last > DateTimeOffset.MinValue && parsed.Next(last) + s_mayComeBack < now);

    // Under the name of each schedule's parsed form, whatever the form it was remembered in.
    private SortedDictionary<string, DateTimeOffset> Read()
    {
        var slots = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (!Posix.Exists(volume.EmittedSlots))
            return slots;
        try
        {
            foreach (var (name, at) in VolumeJson.Read<Dictionary<string, DateTimeOffset>>(volume.EmittedSlots))
            {
                var key = IsSchedule(name) ? ParsedSchedule.Named(name)?.ToString() ?? name : name;
                slots[key] = slots.TryGetValue(key, out var other) && other > at ? other : at;
            }
            return slots;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                $"{e.Message} Remove the file: the newest slot of every schedule is then due at once, as in a new "
                + "installation, unless the report of its run is on the volume.", e);
        }
    }

    private void Write(SortedDictionary<string, DateTimeOffset> slots)
    {
        Directory.CreateDirectory(volume.Bookkeeping);
        VolumeJson.Write(volume.EmittedSlots, slots);
    }
}
