namespace Benchmark.Validator.Profiling;

/// <summary>A list that grows by blocks, without ever copying what it has.</summary>
internal sealed class LongList
{
    private const int FirstBlock = 1 << 10;
    private const int LargestBlock = 1 << 16;

    private readonly List<long[]> _full = [];
    private long[] _block = new long[FirstBlock];
    private int _used;

    public void Add(long value)
    {
        if (_used == _block.Length)
        {
            _full.Add(_block);
            _block = new long[Math.Min(_block.Length * 2, LargestBlock)];
            _used = 0;
        }
        _block[_used++] = value;
    }

    public long Count => _full.Sum(b => (long)b.Length) + _used;

    /// <summary>Moves all values to an array and lets go of the blocks, so that they are not in memory twice.</summary>
    public void MoveTo(Span<long> values)
    {
        for (var i = 0; i < _full.Count; i++)
        {
            _full[i].CopyTo(values);
            values = values[_full[i].Length..];
        }
        _block.AsSpan(0, _used).CopyTo(values);
        _full.Clear();
        _block = [];
        _used = 0;
    }
}
