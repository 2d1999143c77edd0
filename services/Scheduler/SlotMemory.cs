using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Scheduler;

/// <summary>What the volume knows of slots: the last emitted one of each schedule, and whose they are.</summary>
public sealed class SlotMemory(VolumeLayout volume)
{
    /// <summary>The last emitted slot by schedule.</summary>
    /// <exception cref="InvalidDataException">The file is not valid JSON; the message says what to do.</exception>
    public IReadOnlyDictionary<string, DateTimeOffset> Load()
    {
        if (!Posix.Exists(volume.EmittedSlots))
            return new Dictionary<string, DateTimeOffset>();
        try
        {
            return VolumeJson.Read<Dictionary<string, DateTimeOffset>>(volume.EmittedSlots);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                $"{e.Message} Remove the file: the newest slot of every schedule is then due at once, as in a new "
                + "installation.", e);
        }
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
    /// Checks that a slot can be recorded: a run whose slot is not recorded would start again and again.
    /// </summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public void RequireWritable()
    {
        Directory.CreateDirectory(volume.Bookkeeping);
        VolumeJson.Write(
            volume.EmittedSlots, new SortedDictionary<string, DateTimeOffset>(
                Load().ToDictionary(), StringComparer.Ordinal));
    }

    /// <summary>
    /// Records a slot when its run has been handed to the bus; a later slot is never replaced by an earlier one, unless
    /// it is yet to come.
    /// </summary>
    public void Remember(Slot slot, DateTimeOffset now)
    {
        var slots = new SortedDictionary<string, DateTimeOffset>(Load().ToDictionary(), StringComparer.Ordinal);
        if (slots.TryGetValue(slot.Schedule, out var known) && known >= slot.At && !DueRefresh.IsYetToCome(known, now))
            return;
        slots[slot.Schedule] = slot.At;

        Directory.CreateDirectory(volume.Bookkeeping);
        VolumeJson.Write(volume.EmittedSlots, slots);
    }
}
