namespace Benchmark.Data.Profiling;

/// <summary>
/// How often each whole number of a range came: for many rows of few values it is smaller than a list of them.
/// </summary>
/// <param name="first">The first number of the range.</param>
/// <param name="length">How many numbers it has.</param>
internal sealed class CountedRange(int first, int length)
{
    private readonly int[] _counts = new int[length];

    /// <summary>The range of some numbers, with as many again around it for those to come.</summary>
    /// <param name="longest">How many numbers the range may have.</param>
    /// <returns>Null when it would be longer.</returns>
    public static CountedRange? Around(int least, int greatest, long longest)
    {
        var span = (long)greatest - least + 1;
        var start = least - span / 2;
        return 2 * span > longest || start < int.MinValue || start + 2 * span > int.MaxValue
            ? null
            : new CountedRange((int)start, (int)(2 * span));
    }

    /// <summary>Bytes that it takes.</summary>
    public long Bytes => (long)length * sizeof(int);

    /// <returns>False when the number is outside the range.</returns>
    public bool TryAdd(int number)
    {
        var index = (long)number - first;
        if ((ulong)index >= (ulong)_counts.Length)
            return false;
        checked
        {
            _counts[index]++;
        }
        return true;
    }

    /// <summary>Tells each number that came, ascending, and how often.</summary>
    public void ForEach(Action<int, int> take)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0)
                take(first + i, _counts[i]);
        }
    }

    /// <summary>All numbers in order.</summary>
    /// <param name="outside">Numbers outside the range.</param>
    public DistinctValues<int> Join(DistinctValues<int> outside)
    {
        var most = outside.Count + _counts.Count(count => count > 0);
        var (values, upTo, used, total) = (new int[most], new int[most], 0, 0);
        var next = 0;
        for (; next < outside.Count && outside.Values[next] < first; next++)
            Append(outside.Values[next], outside.CountOf(next));
        ForEach(Append);
        for (; next < outside.Count; next++)
            Append(outside.Values[next], outside.CountOf(next));
        return new(values, upTo, used);

        void Append(int value, int count) => (values[used], upTo[used++]) = (value, total = checked(total + count));
    }
}
