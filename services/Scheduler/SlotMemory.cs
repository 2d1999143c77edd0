using Benchmark.Contracts.Volume;

namespace Benchmark.Scheduler;

/// <summary>Remembers on the volume which slot of each schedule was emitted last.</summary>
internal sealed class SlotMemory(VolumeLayout volume)
{
    /// <summary>The last emitted slot by schedule.</summary>
    /// <exception cref="InvalidDataException">The memory is there but cannot be understood; the message says what to do.</exception>
    public IReadOnlyDictionary<string, DateTimeOffset> Load()
    {
        if (!File.Exists(volume.EmittedSlots))
            return new Dictionary<string, DateTimeOffset>();
        try
        {
            return VolumeJson.Read<Dictionary<string, DateTimeOffset>>(volume.EmittedSlots);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                $"{e.Message} Remove the file: the newest slot of every schedule is then due at once, as in a new installation.", e);
        }
    }

    /// <summary>Proves that a slot could be remembered: a run whose slot is forgotten would be started again and again.</summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public void RequireWritable()
    {
        Directory.CreateDirectory(volume.Bookkeeping);
        VolumeJson.Write(volume.EmittedSlots, new SortedDictionary<string, DateTimeOffset>(Load().ToDictionary(), StringComparer.Ordinal));
    }

    /// <summary>Remembers a slot once its run has been handed to the bus. Never goes back in time.</summary>
    public void Remember(Slot slot)
    {
        var slots = new SortedDictionary<string, DateTimeOffset>(Load().ToDictionary(), StringComparer.Ordinal);
        if (slots.TryGetValue(slot.Schedule, out var known) && known >= slot.At)
            return;
        slots[slot.Schedule] = slot.At;

        Directory.CreateDirectory(volume.Bookkeeping);
        VolumeJson.Write(volume.EmittedSlots, slots);
    }
}
