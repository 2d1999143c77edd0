namespace Benchmark.Validator.Profiling;

/// <summary>
/// Two arrays that the columns of a file take turns to be sorted in: twenty columns of a million rows would otherwise
/// leave 300 MB of garbage. What <see cref="Sort"/> returns is valid until the next call.
/// </summary>
internal sealed class SortBuffers
{
    // Six passes of 11 bits: 1.7 times faster than eight of 8, and the counters still fit the L1 cache.
    private const int DigitBits = 11;
    private const int Digits = (64 + DigitBits - 1) / DigitBits;
    private const int Buckets = 1 << DigitBits;

    private readonly int[] _counts = new int[Digits * Buckets];
    private long[] _values = [];
    private long[] _spare = [];

    /// <summary>Sorts a list's values; the list is empty afterwards.</summary>
    /// <returns>The ascending values at the front of one array, and another array as long for free use.</returns>
    public (long[] Sorted, int Count, long[] Spare) Sort(LongList list)
    {
        var count = checked((int)list.Count);
        if (_values.Length < count)
        {
            _values = new long[count];
            _spare = new long[count];
        }
        list.MoveTo(_values);
        if (count <= Buckets)
            Array.Sort(_values, 0, count);
        else
            RadixSort(count);
        return (_values, count, _spare);
    }

    // Least significant digit first; the array library's sort compares, and takes five times as long.
    private void RadixSort(int count)
    {
        CountDigits(_values.AsSpan(0, count));
        for (var digit = 0; digit < Digits; digit++)
        {
            var counts = _counts.AsSpan(digit * Buckets, Buckets);
            var shift = digit * DigitBits;
            // A digit that all values share, as the upper ones of dates and small integers, moves nothing.
            if (counts[DigitOf(_values[0], shift)] == count)
                continue;
            Distribute(_values.AsSpan(0, count), _spare, counts, shift);
            (_values, _spare) = (_spare, _values);
        }
    }

    private void CountDigits(ReadOnlySpan<long> values)
    {
        Array.Clear(_counts);
        foreach (var value in values)
        {
            for (var digit = 0; digit < Digits; digit++)
                _counts[digit * Buckets + DigitOf(value, digit * DigitBits)]++;
        }
    }

    private static void Distribute(ReadOnlySpan<long> from, long[] to, Span<int> counts, int shift)
    {
        var start = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
            (counts[bucket], start) = (start, start + counts[bucket]);
        foreach (var value in from)
            to[counts[DigitOf(value, shift)]++] = value;
    }

    // The sign bit turned, so that negative values come first.
    private static int DigitOf(long value, int shift) => (int)((ulong)(value ^ long.MinValue) >> shift) & (Buckets - 1);
}
