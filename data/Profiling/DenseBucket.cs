namespace Benchmark.Data.Profiling;

/// <summary>
/// How often each number of 16 bits came, in chunks as lists of them have: what a list leaves is room for the counters that take
/// its place. Reserve its chunks before.
/// </summary>
internal sealed class DenseBucket
{
    /// <summary>How many chunks it takes.</summary>
    public const int Size = Counters.Numbers / Chunks.Bytes;

    private readonly Chunks _chunks;
    private readonly int[] _own = new int[Size];
    private readonly Dictionary<int, int> _full = [];

    public DenseBucket(Chunks chunks)
    {
        _chunks = chunks;
        for (var i = 0; i < Size; i++)
            _own[i] = chunks.TakeEmpty();
    }

    public void Add(ushort number)
    {
        ref var count = ref _chunks.BytesOf(_own[number / Chunks.Bytes])[number % Chunks.Bytes];
        if (count == byte.MaxValue)
            Counters.Empty(ref count, number, _full);
        count++;
    }

    public void Add(ReadOnlySpan<ushort> numbers)
    {
        foreach (var number in numbers)
            Add(number);
    }

    public void CopyTo(Counters counters)
    {
        for (var i = 0; i < Size; i++)
            counters.Set(i * Chunks.Bytes, _chunks.BytesOf(_own[i]));
        counters.SetFull(_full);
    }

    /// <summary>Gives up its chunks.</summary>
    public void Release()
    {
        foreach (var chunk in _own)
            _chunks.ReleaseOne(chunk);
    }
}
