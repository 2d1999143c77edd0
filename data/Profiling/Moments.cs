using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// Mean and standard deviation of finite values, taken in blocks: the sums of each block around its own mean, joined as
/// Chan, Golub and LeVeque (1979) do. No cancellation however far the values are from zero.
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
        var (count, mean) = Mean(keys, upTo);
        if (count > 0)
            Join(count, mean, Squares(keys, upTo, count, mean));
    }

    private static (long Count, double Mean) Mean(ReadOnlySpan<long> keys, ReadOnlySpan<int> upTo)
    {
        var (count, before, sum) = (0L, 0, new Sum());
        for (var i = 0; i < keys.Length; i++)
        {
            var number = TGrammar.ToDouble(keys[i]);
            var times = upTo[i] - before;
            before = upTo[i];
            if (!double.IsFinite(number))
                continue;
            count += times;
            sum.Add(number, times);
        }
        return (count, sum.Value / count);
    }

    private static double Squares(ReadOnlySpan<long> keys, ReadOnlySpan<int> upTo, long count, double mean)
    {
        var (before, rest, squares) = (0, 0.0, new Sum());
        for (var i = 0; i < keys.Length; i++)
        {
            var distance = TGrammar.ToDouble(keys[i]) - mean;
            var times = upTo[i] - before;
            before = upTo[i];
            if (!double.IsFinite(distance))
                continue;
            rest += distance * times;
            squares.Add(distance * distance, times);
        }
        // Distances from the exact mean add up to 0: the rest is what rounding it added to the squares.
        return Math.Max(0, squares.Value - rest * rest / count);
    }

    private void Join(long count, double mean, double squares)
    {
        var all = _count + count;
        var distance = mean - _mean;
        _mean += distance * count / all;
        _squares += squares + distance * distance * _count * count / all;
        _count = all;
    }

    // What each addition rounds away is added up apart (Knuth's TwoSum): in a million terms it would reach the tenth
    // digit.
    private struct Sum
    {
        private double _sum;
        private double _rounded;

        public readonly double Value => _sum + _rounded;

        public void Add(double number, int times)
        {
            var term = number * times;
            var sum = _sum + term;
            var added = sum - _sum;
            _rounded += _sum - (sum - added) + (term - added) + Math.FusedMultiplyAdd(number, times, -term);
            _sum = sum;
        }
    }
}
