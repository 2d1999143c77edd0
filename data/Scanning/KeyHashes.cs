using System.Runtime.InteropServices;
using Benchmark.Data.Profiling;

namespace Benchmark.Data.Scanning;

/// <summary>
/// The hashes of a file's keys to 53 bits, 6 bytes each, in parts by their upper bits. When there are more than its
/// memory holds it keeps fewer parts: the rest is for another reading of the file.
/// </summary>
internal sealed class KeyHashes
{
    /// <summary>
    /// All parts; a budget of memory lasts for this many times as many keys, each with a reading of the file.
    /// </summary>
    public const int Parts = 1 << PartBits;

    private const int PartBits = 5;
    private const int OwnBits = 48;

    private readonly long _capacity;
    private readonly ValueList<Own>?[] _parts = new ValueList<Own>[Parts];
    private readonly int _first;
    private long _count;

    /// <param name="first">The first part to keep.</param>
    /// <param name="capacity">How many hashes to keep at most, unless a single part has more.</param>
    public KeyHashes(int first, long capacity) => (_first, _capacity, End) = (first, capacity, Parts);

    /// <summary>The part after the last that is kept.</summary>
    public int End { get; private set; }

    /// <summary>What is told of a hash: of ten million keys, two have the same in one of 180 files.</summary>
    public static ulong Shorten(ulong hash) => hash >> (64 - PartBits - OwnBits);

    public void Add(ulong hash)
    {
        var part = (int)(hash >> (64 - PartBits));
        if (part < _first || part >= End)
            return;
        var hashes = _parts[part] ??= new ValueList<Own>();
        var own = new Own(Shorten(hash));
        if (!hashes.TryAdd(own))
        {
            hashes.TryGrow();
            hashes.TryAdd(own);
        }
        if (++_count > _capacity && End - _first > 1)
            DropUpperHalf();
    }

    /// <summary>The shortened hashes that came more than once, and how often. Gives up what it holds.</summary>
    public IEnumerable<(ulong Hash, long Times)> Repeated(SortBuffers buffers)
    {
        for (var part = _first; part < End; part++)
        {
            if (_parts[part] is not { } hashes)
                continue;
            _parts[part] = null;
            var sorter = buffers.Keys;
            sorter.Start(hashes.Count);
            hashes.Drain(block =>
            {
                foreach (var hash in block)
                    sorter.Add(hash.Value);
            });
            var sorted = sorter.Sort();
            for (var (i, before) = (0, 0); i < sorted.Count; before = sorted.UpTo[i++])
            {
                var times = sorted.UpTo[i] - before;
                if (times > 1)
                    yield return ((ulong)part << OwnBits | (ulong)sorted.Values[i], times);
            }
        }
    }

    private void DropUpperHalf()
    {
        var end = _first + (End - _first) / 2;
        for (var part = end; part < End; part++)
        {
            _count -= _parts[part]?.Count ?? 0;
            _parts[part] = null;
        }
        End = end;
    }

    /// <summary>The bits that hashes of one part do not share.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(ushort))]
    private readonly struct Own(ulong hash)
    {
        private readonly uint _lower = (uint)hash;
        private readonly ushort _upper = (ushort)(hash >> 32);

        public long Value => (long)_upper << 32 | _lower;
    }
}
