using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// Mean and standard deviation of finite values, taken in blocks: the sums of each block around its own mean, joined as
/// Chan, Golub and LeVeque (1979) do. No cancellation however far the values are from zero.
/// </summary>
/// <param name="power">What the scaled numbers of all blocks are divided by.</param>
internal sealed class Moments<TGrammar>(double power = 1)
    where TGrammar : struct, IOrderedGrammar
{
    private long _count;
    private double _mean;
    private double _squares;

    /// <summary>Mean, and sample standard deviation (null below two values); null without any.</summary>
    public (double Mean, double? Stddev)? MeanAndStddev =>
        _count == 0 ? null : (_mean / power, _count < 2 ? null : Math.Sqrt(_squares / (_count - 1)) / power);

    /// <summary>Adds a block of values.</summary>
    public void Add(OrderedValues<TGrammar> values)
    {
        var (count, mean) = Mean(values);
        if (count > 0)
            Join(count, mean, Squares(values, count, mean));
    }

    private static (long Count, double Mean) Mean(OrderedValues<TGrammar> values)
    {
        var upTo = values.UpTo;
        var (count, before, sum) = (0L, 0, new Sum());
        for (var i = 0; i < upTo.Length; i++)
        {
            var number = values.Scaled(i);
            var times = upTo[i] - before;
            before = upTo[i];
            if (!double.IsFinite(number))
                continue;
            count += times;
            sum.Add(number, times);
        }
        return (count, sum.Value / count);
    }

    private static double Squares(OrderedValues<TGrammar> values, long count, double mean)
    {
        var upTo = values.UpTo;
        var (before, rest, squares) = (0, 0.0, new Sum());
        for (var i = 0; i < upTo.Length; i++)
        {
            var distance = values.Scaled(i) - mean;
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
