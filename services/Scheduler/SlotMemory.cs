using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Scheduler;

/// <summary>What the volume knows of slots: from when on those of each schedule are due, and whose they are.</summary>
public sealed class SlotMemory(VolumeLayout volume)
{
    // No schedule: when the registry's schedules were last compared with the memory.
    private const string LookedAt = "looked at";

    // Often enough that a schedule which was changed while no Scheduler ran waits for its next slot.
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The last emitted slot by schedule; of a schedule that has emitted none, the moment after which its slots count.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not valid JSON; the message says what to do.</exception>
    public IReadOnlyDictionary<string, DateTimeOffset> Load() => Read()
        .Where(entry => entry.Key != LookedAt && entry.Value > DateTimeOffset.MinValue).ToDictionary();

    /// <summary>
    /// Takes note of schedules that are new to the registry. Their slots count from the previous look on, so that an
    /// edited schedule waits for its next slot; on a new volume, all do.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be read or written.</exception>
    public void Look(IEnumerable<string> schedules, DateTimeOffset now)
    {
        var slots = Read();
        var previous = slots.Count == 0 ? DateTimeOffset.MinValue
            : slots.TryGetValue(LookedAt, out var looked) ? looked : slots.Values.Max();
        var added = schedules.Where(schedule => !slots.ContainsKey(schedule)).ToList();
        // One of a wrong clock would hold up every new schedule until then.
        foreach (var schedule in added)
            slots[schedule] = previous < now ? previous : now;
        if (added.Count == 0 && slots.ContainsKey(LookedAt) && (now - previous).Duration() < s_lookInterval)
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

    /// <summary>The run of a slot in this installation.</summary>
    /// <exception cref="IOException">The volume cannot be read or written.</exception>
    public Guid RunOf(Slot slot) => slot.RunIn(Installation.IdOf(volume));

    /// <summary>
    /// The run of the slot before this one, as long as it is open: its report is not on the volume. A day after its
    /// deadline it counts as closed, report or not.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public Guid? OpenRunBefore(Slot slot, DateTimeOffset now)
    {
        if (!Load().TryGetValue(slot.Schedule, out var last) || DueRefresh.IsYetToCome(last, now)
            || now > last + slot.Models.Max(model => model.RunDeadline) + TimeSpan.FromDays(1))
            return null;
        var run = RunOf(slot with { At = last });
        return Posix.Exists(volume.Report(run)) ? null : run;
    }

    /// <summary>
    /// Checks that a slot can be recorded: a run whose slot is not recorded would start again and again.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public void RequireWritable() => Write(Read());

    /// <summary>
    /// Records a slot when its run has been handed to the bus; a later slot is never replaced by an earlier one, unless
    /// it is yet to come.
    /// </summary>
    public void Remember(Slot slot, DateTimeOffset now)
    {
        var slots = Read();
        if (slots.TryGetValue(slot.Schedule, out var known) && known >= slot.At && !DueRefresh.IsYetToCome(known, now))
            return;
        slots[slot.Schedule] = slot.At;
        Write(slots);
    }

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
                var schedule = name == LookedAt ? name : ParsedSchedule.NameOf(name);
                slots[schedule] = slots.TryGetValue(schedule, out var other) && other > at ? other : at;
            }
            return slots;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                $"{e.Message} Remove the file: the newest slot of every schedule is then due at once, as in a new "
                + "installation.", e);
        }
    }

    private void Write(SortedDictionary<string, DateTimeOffset> slots)
    {
        Directory.CreateDirectory(volume.Bookkeeping);
        VolumeJson.Write(volume.EmittedSlots, slots);
    }
}
