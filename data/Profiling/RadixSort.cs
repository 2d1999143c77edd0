using System.Numerics;

namespace Benchmark.Data.Profiling;

/// <summary>
/// Sorts values of lists one after the other in two arrays that it keeps. What it returns is valid until the next call.
/// </summary>
internal sealed class RadixSort
{
    // Two passes for ten million different values; the counters of a digit still fit the L1 cache.
    private const int DigitBits = 12;
    private const int Buckets = 1 << DigitBits;

    private readonly int[] _starts = new int[Buckets];
    private long[] _values = [];
    private long[] _spare = [];

    /// <summary>Sorts values.</summary>
    /// <param name="count">How many they are.</param>
    /// <param name="move">Moves them to an array.</param>
    /// <returns>An array with the ascending values at its front.</returns>
    public long[] Sort(int count, Action<long[]> move)
    {
        if (_values.Length < count)
        {
            _values = GC.AllocateUninitializedArray<long>(count);
            _spare = GC.AllocateUninitializedArray<long>(count);
        }
        move(_values);
        if (count <= Buckets)
            Array.Sort(_values, 0, count);
        else
            SortByDigits(count);
        return _values;
    }

    // Least significant digit first, and only the bits in which values differ; the array library's sort compares, and
    // takes five times as long.
    private void SortByDigits(int count)
    {
        var (least, greatest) = Extremes(_values.AsSpan(0, count));
        var bits = 64 - BitOperations.LeadingZeroCount(Offset(greatest, least));
        var passes = (bits + DigitBits - 1) / DigitBits;
        var digitBits = passes == 0 ? 0 : (bits + passes - 1) / passes;
        for (var pass = 0; pass < passes; pass++)
        {
            var shift = pass * digitBits;
            Count(_values.AsSpan(0, count), least, shift, (1 << digitBits) - 1);
            Distribute(_values.AsSpan(0, count), least, shift, (1 << digitBits) - 1);
            (_values, _spare) = (_spare, _values);
        }
    }

    private static (long Least, long Greatest) Extremes(ReadOnlySpan<long> values)
    {
        var (least, greatest) = (values[0], values[0]);
        foreach (var value in values)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }
        return (least, greatest);
    }

    private void Count(ReadOnlySpan<long> values, long least, int shift, int mask)
    {
        var starts = _starts;
        Array.Clear(starts);
        foreach (var value in values)
            starts[(int)(Offset(value, least) >> shift) & mask]++;
        var start = 0;
        for (var bucket = 0; bucket < starts.Length; bucket++)
            (starts[bucket], start) = (start, start + starts[bucket]);
    }

    private void Distribute(ReadOnlySpan<long> values, long least, int shift, int mask)
    {
        var (starts, to) = (_starts, _spare);
        foreach (var value in values)
            to[starts[(int)(Offset(value, least) >> shift) & mask]++] = value;
    }

    private static ulong Offset(long value, long least) => (ulong)value - (ulong)least;
}
