using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// Mean and standard deviation of finite values, taken in blocks: the sums of each block around its own mean, joined as Chan,
/// Golub and LeVeque (1979) do. No cancellation however far the values are from zero.
/// </summary>
internal sealed class Moments<TGrammar>
    where TGrammar : struct, IOrderedGrammar
{
    private long _count;
    private double _mean;
    private double _squares;

    /// <summary>Mean, and sample standard deviation (null below two values); null without any.</summary>
    public (double Mean, double? Stddev)? MeanAndStddev =>
        _count == 0 ? null : (_mean, _count < 2 ? null : Math.Sqrt(_squares / (_count - 1)));

    /// <summary>Adds a block of values.</summary>
    /// <param name="keys">Their keys.</param>
    /// <param name="upTo">For each key, how many values there are in the block up to and including it.</param>
    public void Add(ReadOnlySpan<long> keys, ReadOnlySpan<int> upTo)
    {
        var (count, sum, _) = Sums(keys, upTo, around: 0);
        if (count == 0)
            return;
        var mean = sum / count;
        var (_, rest, squares) = Sums(keys, upTo, mean);
        // The distances from the exact mean would add up to 0: what they add up to corrects the rounded one.
        var correction = rest / count;
        Join(count, mean + correction, Math.Max(0, squares - rest * correction));
    }

    private static (long Count, double Sum, double Squares) Sums(
        ReadOnlySpan<long> keys, ReadOnlySpan<int> upTo, double around)
    {
        var (count, sum, squares, before) = (0L, 0.0, 0.0, 0);
        for (var i = 0; i < keys.Length; i++)
        {
            var distance = TGrammar.ToDouble(keys[i]) - around;
            var times = upTo[i] - before;
            before = upTo[i];
            if (!double.IsFinite(distance))
                continue;
            count += times;
            sum += distance * times;
            squares += distance * distance * times;
        }
        return (count, sum, squares);
    }

    private void Join(long count, double mean, double squares)
    {
        var all = _count + count;
        var distance = mean - _mean;
        _mean += distance * count / all;
        _squares += squares + distance * distance * _count * count / all;
        _count = all;
    }
}
