using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>A hash table of texts and how often each came; a new text past the limit is refused.</summary>
/// <param name="memory">Where memory comes from; null when the table may take what it needs.</param>
internal sealed class TextCounts(int maxEntries = int.MaxValue, MemoryBudget? memory = null)
{
    private const int Empty = -1;
    private const int Unknown = -1;
    private const int RoomAtATime = 1 << 16;
    // An entry and its two slots.
    private const int Overhead = 32;

    private int[] _slots = [Empty, Empty, Empty, Empty, Empty, Empty, Empty, Empty];
    private Entry[] _entries = new Entry[4];
    private byte[] _texts = new byte[64];
    private int _textLength;
    private bool _full;
    // The first 64 KiB are not reserved: a column of few values is counted exactly wherever it begins.
    private long _room = RoomAtATime;

    public int Count { get; private set; }

    /// <summary>Counts a text that is known or finds room.</summary>
    /// <returns>False when it is new and there is no room.</returns>
    public bool TryAdd(ReadOnlySpan<byte> text) => Add(text, 1) >= 0;

    /// <summary>Counts a text that is known or finds room.</summary>
    /// <returns>Its entry; −1 when it is new and there is no room.</returns>
    public int Add(ReadOnlySpan<byte> text) => Add(text, 1);

    /// <summary>Counts a text that is known.</summary>
    /// <returns>Its entry; −1 when it is not known.</returns>
    public int CountKnown(ReadOnlySpan<byte> text)
    {
        var entry = Find(text);
        if (entry >= 0)
            _entries[entry].Count++;
        return entry;
    }

    /// <summary>Makes a text known without counting it, also where memory is short.</summary>
    public bool TrySeed(ReadOnlySpan<byte> text) => Add(text, 0) >= 0;

    /// <summary>The entry of a text, −1 when it is not known.</summary>
    public int Find(ReadOnlySpan<byte> text) => _slots[Slot(text, Hash(text))];

    /// <summary>How often an entry's text came; 0 for the entry of a text that is not known.</summary>
    public long CountOf(int entry) => entry < 0 ? 0 : _entries[entry].Count;

    /// <summary>A hash whose bits all count alike, as estimates need it.</summary>
    public ulong HashOf(int entry) => XxHash3.HashToUInt64(BytesOf(entry));

    public ReadOnlySpan<byte> BytesOf(int entry) => Bytes(_entries[entry]);

    public string TextOf(int entry) => Encoding.UTF8.GetString(BytesOf(entry));

    public ValueCount Counted(int entry) => new() { Value = TextOf(entry), Count = CountOf(entry) };

    /// <summary>The most frequent entries, most frequent first; equally frequent ones in byte order.</summary>
    public IReadOnlyList<int> MostFrequent(int count)
    {
        var order = Comparer<int>.Create((a, b) =>
        {
            var byCount = _entries[b].Count.CompareTo(_entries[a].Count);
            return byCount != 0 ? byCount : BytesOf(a).SequenceCompareTo(BytesOf(b));
        });
        // A bounded heap whose root is the least wanted: linear in the entries, which may be a million.
        var wanted = new PriorityQueue<int, int>(Comparer<int>.Create((a, b) => order.Compare(b, a)));
        for (var entry = 0; entry < Count; entry++)
        {
            if (_entries[entry].Count == 0)
                continue;
            if (wanted.Count < count)
                wanted.Enqueue(entry, entry);
            else
                wanted.EnqueueDequeue(entry, entry);
        }
        return [.. wanted.UnorderedItems.Select(item => item.Element).Order(order)];
    }

    private int Add(ReadOnlySpan<byte> text, long count)
    {
        var hash = Hash(text);
        var slot = Slot(text, hash);
        if (_slots[slot] is var known and not Empty)
        {
            _entries[known].Count += count;
            return known;
        }
        // Once full, the table stays so: a text that is refused now and added later would miss the rows between.
        _full |= Count >= maxEntries
            || _textLength + (long)text.Length > Array.MaxLength
            || (count > 0 && !HasRoom(text));
        if (_full)
            return Unknown;
        Append(text, hash, count, slot);
        return Count - 1;
    }

    private bool HasRoom(ReadOnlySpan<byte> text)
    {
        if (memory is null)
            return true;
        // Arrays double: half of them may be free.
        var needed = 2L * (text.Length + Overhead);
        if (_room < needed)
        {
            var more = Math.Max(needed, RoomAtATime);
            if (!memory.TryReserve(more))
                return false;
            _room += more;
        }
        _room -= needed;
        return true;
    }

    private void Append(ReadOnlySpan<byte> text, ulong hash, long count, int slot)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        var needed = _textLength + (long)text.Length;
        if (needed > _texts.Length)
            Array.Resize(ref _texts, (int)Math.Min(Array.MaxLength, Math.Max(_texts.Length * 2L, needed)));
        text.CopyTo(_texts.AsSpan(_textLength));
        _entries[Count] = new Entry { Hash = hash, Start = _textLength, Length = text.Length, Count = count };
        _slots[slot] = Count++;
        _textLength += text.Length;
        if (Count * 2 > _slots.Length)
            Grow();
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        Array.Fill(_slots, Empty);
        for (var entry = 0; entry < Count; entry++)
        {
            var slot = (int)_entries[entry].Hash & (_slots.Length - 1);
            while (_slots[slot] != Empty)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = entry;
        }
    }

    // The slot that holds the text, or the free one where it belongs.
    private int Slot(ReadOnlySpan<byte> text, ulong hash)
    {
        var slot = (int)hash & (_slots.Length - 1);
        while (_slots[slot] is var entry and not Empty)
        {
            if (_entries[entry].Hash == hash && Bytes(_entries[entry]).SequenceEqual(text))
                break;
            slot = (slot + 1) & (_slots.Length - 1);
        }
        return slot;
    }

    private ReadOnlySpan<byte> Bytes(in Entry entry) => _texts.AsSpan(entry.Start, entry.Length);

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        if (text.Length > 16)
            return XxHash3.HashToUInt64(text);
        // Short ones, as most are, in two loads that may overlap.
        var (first, last) = text.Length switch
        {
            >= 8 => (Eight(text), Eight(text[^8..])),
            > 0 => (EightDigits.Load(text), 0UL),
            _ => (0UL, 0UL),
        };
        var product = Math.BigMul(
            first ^ 0x9E3779B97F4A7C15, last ^ (0xD6E8FEB86659FD93 + (ulong)text.Length), out var low);
        return product ^ low;
    }

    private static ulong Eight(ReadOnlySpan<byte> text) => BinaryPrimitives.ReadUInt64LittleEndian(text);

    private struct Entry
    {
        public ulong Hash;
        public int Start;
        public int Length;
        public long Count;
    }
}
