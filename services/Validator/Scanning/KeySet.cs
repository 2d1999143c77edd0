namespace Benchmark.Validator.Scanning;

/// <summary>A set of 64-bit hashes: 16 bytes each at most, half of what the framework's set takes.</summary>
internal sealed class KeySet
{
    private ulong[] _slots = new ulong[1 << 10];
    private int _count;
    private bool _hasZero;

    /// <returns>False when it was there already.</returns>
    public bool Add(ulong hash)
    {
        // Zero marks a free slot.
        if (hash == 0)
        {
            var first = !_hasZero;
            _hasZero = true;
            return first;
        }
        if (!TryPut(_slots, hash))
            return false;
        // At most three of four slots are taken: probes stay short.
        if (++_count * 4L > _slots.Length * 3L)
            Grow();
        return true;
    }

    private void Grow()
    {
        var slots = new ulong[_slots.Length * 2];
        foreach (var hash in _slots)
        {
            if (hash != 0)
                TryPut(slots, hash);
        }
        _slots = slots;
    }

    private static bool TryPut(ulong[] slots, ulong hash)
    {
        var mask = slots.Length - 1;
        var slot = (int)hash & mask;
        while (slots[slot] != 0)
        {
            if (slots[slot] == hash)
                return false;
            slot = (slot + 1) & mask;
        }
        slots[slot] = hash;
        return true;
    }
}
