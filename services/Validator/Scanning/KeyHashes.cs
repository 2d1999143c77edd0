using Benchmark.Validator.Profiling;

namespace Benchmark.Validator.Scanning;

/// <summary>
/// The 64-bit hashes of a file's keys, 8 bytes each, in parts by their upper bits. When there are more than its memory
/// holds it keeps fewer parts: the rest is for another reading of the file.
/// </summary>
internal sealed class KeyHashes
{
    /// <summary>All parts; a budget of memory lasts for this many times as many keys, each with a reading of the file.</summary>
    public const int Parts = 1 << PartBits;

    private const int PartBits = 5;

    private readonly long _capacity;
    private readonly ValueList<long>?[] _parts = new ValueList<long>[Parts];
    private readonly int _first;
    private long _count;

    /// <param name="first">The first part to keep.</param>
    /// <param name="capacity">How many hashes to keep at most, unless a single part has more.</param>
    public KeyHashes(int first, long capacity) => (_first, _capacity, End) = (first, capacity, Parts);

    /// <summary>The part after the last that is kept.</summary>
    public int End { get; private set; }

    public void Add(ulong hash)
    {
        var part = (int)(hash >> (64 - PartBits));
        if (part < _first || part >= End)
            return;
        (_parts[part] ??= new ValueList<long>()).Add((long)hash);
        if (++_count > _capacity && End - _first > 1)
            DropUpperHalf();
    }

    /// <summary>The hashes that came more than once, and how often. Gives up what it holds.</summary>
    public IEnumerable<(ulong Hash, long Times)> Repeated(SortBuffers buffers)
    {
        for (var part = _first; part < End; part++)
        {
            if (_parts[part] is not { } hashes)
                continue;
            _parts[part] = null;
            var count = hashes.Count;
            var sorted = buffers.Keys.Sort(hashes);
            for (var (first, next) = (0, 1); first < count; first = next++)
            {
                while (next < count && sorted[next] == sorted[first])
                    next++;
                if (next - first > 1)
                    yield return ((ulong)sorted[first], next - first);
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
}
