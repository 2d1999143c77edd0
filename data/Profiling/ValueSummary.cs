using System.IO.Hashing;
using System.Runtime.InteropServices;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// What is kept of a column whose values there is no memory for: their order and number, to an error, and their
/// moments.
/// </summary>
internal sealed class ValueSummary<TGrammar>
    where TGrammar : struct, IOrderedGrammar
{
    private static readonly int[] s_each = [.. Enumerable.Range(1, 1024)];

    private readonly QuantileSketch _quantiles = new();
    private readonly DistinctSketch _distinct = new();
    private readonly Moments<TGrammar> _moments = new();
    private readonly long[] _block = new long[s_each.Length];
    private int _used;

    public long Distinct => _distinct.Estimate();

    public void Add(long key)
    {
        _quantiles.Add(key);
        _distinct.Add(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(ref key))));
        _block[_used++] = key;
        if (_used == _block.Length)
            AddMoments();
    }

    public OrderedValues<TGrammar> Ordered() => _quantiles.Ordered<TGrammar>();

    /// <inheritdoc cref="Moments{TGrammar}.MeanAndStddev"/>
    public (double Mean, double? Stddev)? MeanAndStddev()
    {
        AddMoments();
        return _moments.MeanAndStddev;
    }

    private void AddMoments()
    {
        _moments.Add(new OrderedValues<TGrammar>(new DistinctValues<long>(_block, s_each, _used)));
        _used = 0;
    }
}
