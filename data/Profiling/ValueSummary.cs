using System.IO.Hashing;
using System.Runtime.InteropServices;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>What is kept of a column whose values there is no memory for: their order and their number to an error, their moments.</summary>
internal sealed class ValueSummary<TOrder>
    where TOrder : struct, IOrdered
{
    private const int Some = 1024;

    private readonly QuantileSketch _quantiles = new();
    private readonly DistinctSketch _distinct = new();
    private readonly Moments _moments = new();

    public long Distinct => _distinct.Estimate();

    /// <inheritdoc cref="OrderedValues.Moments"/>
    public (double Mean, double? Stddev)? Moments => _moments.MeanAndStddev;

    public void Add(ReadOnlySpan<long> keys)
    {
        for (; keys.Length > Some; keys = keys[Some..])
            AddSome(keys[..Some]);
        AddSome(keys);
    }

    public OrderedValues Ordered() => _quantiles.Ordered<TOrder>();

    private void AddSome(ReadOnlySpan<long> keys)
    {
        Span<double> numbers = stackalloc double[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            _quantiles.Add(keys[i]);
            _distinct.Add(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(keys.Slice(i, 1))));
            numbers[i] = TOrder.ToDouble(keys[i]);
        }
        _moments.Add(numbers);
    }
}
