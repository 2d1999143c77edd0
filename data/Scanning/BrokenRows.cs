namespace Benchmark.Data.Scanning;

/// <summary>Which rows break a rule, one bit a row: a row that breaks several counts once.</summary>
internal sealed class BrokenRows
{
    private ulong[] _bits = new ulong[16];

    public long Count { get; private set; }

    /// <summary>Counts broken rows whose numbers are not known.</summary>
    /// <param name="rows">How many rows the file has: no more can be broken.</param>
    public void AddUnlocated(long count, long rows) => Count = Math.Min(Count + count, rows);

    /// <param name="row">From 1.</param>
    public void Add(long row)
    {
        var word = (int)(row >> 6);
        if (word >= _bits.Length)
            Array.Resize(ref _bits, Math.Max(_bits.Length * 2, word + 1));
        var bit = 1UL << (int)(row & 63);
        if ((_bits[word] & bit) != 0)
            return;
        _bits[word] |= bit;
        Count++;
    }
}
