using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// Mean and standard deviation of finite values, taken in blocks: the sums of each block around its own mean, joined as
/// Chan, Golub and LeVeque (1979) do. No cancellation however far the values are from zero, and no overflow however
/// large they are.
/// </summary>
/// <param name="power">What the scaled numbers of all blocks are divided by.</param>
internal sealed class Moments<TGrammar>(double power = 1)
    where TGrammar : struct, IOrderedGrammar
{
    private long _count;
    private Sum _sum;
    // Less exact than the sum divided by the count, and there when the sum overflows.
    private double _mean;
    private double _least = double.PositiveInfinity;
    private double _greatest = double.NegativeInfinity;
    private Squares _squares;

    /// <summary>
    /// Mean, and sample standard deviation (null below two values; infinite beyond the largest double); null without
    /// any value.
    /// </summary>
    public (double Mean, double? Stddev)? MeanAndStddev
    {
        get
        {
            if (_count == 0)
                return null;
            var mean = double.IsFinite(_sum.Value) ? _sum.Value / _count : _mean;
            // Rounding can lead out of the values, even beyond the largest double.
            return (Math.Clamp(mean, _least, _greatest) / power, _count < 2 ? null : _squares.Root(_count - 1) / power);
        }
    }

    /// <summary>Adds a block of values.</summary>
    public void Add(OrderedValues<TGrammar> values)
    {
        var block = Block.Of(values);
        if (block.Count > 0)
            Join(block, Squares.Of(values, block));
    }

    private void Join(Block block, Squares squares)
    {
        _sum.Add(block.Sum);
        (_least, _greatest) = (Math.Min(_least, block.Least), Math.Max(_greatest, block.Greatest));
        if (_count == 0)
        {
            (_count, _mean, _squares) = (block.Count, block.Mean, squares);
            return;
        }
        var all = _count + block.Count;
        _squares = _squares.Plus(squares)
            .Plus(Squares.Between(_mean, block.Mean, (double)_count * block.Count / all));
        // Weights that add up to 1: the distance of two means can be more than the largest double.
        _mean = _mean * ((double)_count / all) + block.Mean * ((double)block.Count / all);
        _count = all;
    }

    /// <summary>How many finite values there are, their sum and their mean, which lies between them.</summary>
    private readonly record struct Block(long Count, Sum Sum, double Mean, double Least, double Greatest)
    {
        // Sums of fewer than 2^63 numbers below this one are finite, and so is the distance of two.
        private const double Large = 1e280;
        private const double Shrink = 1.0 / (1UL << 63);

        public static Block Of(OrderedValues<TGrammar> values)
        {
            var block = Of(values, scale: 1);
            if (block.Count == 0)
                return block;
            var mean = Math.Max(-block.Least, block.Greatest) < Large
                ? block.Sum.Value / block.Count
                : Of(values, Shrink).Sum.Value / block.Count / Shrink;
            return block with { Mean = Math.Clamp(mean, block.Least, block.Greatest) };
        }

        private static Block Of(OrderedValues<TGrammar> values, double scale)
        {
            var upTo = values.UpTo;
            var (count, before, sum) = (0L, 0, new Sum());
            var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var i = 0; i < upTo.Length; i++)
            {
                var number = values.Scaled(i);
                var times = upTo[i] - before;
                before = upTo[i];
                if (!double.IsFinite(number))
                    continue;
                count += times;
                sum.Add(number * scale, times);
                if (number < least)
                    least = number;
                if (number > greatest)
                    greatest = number;
            }
            return new Block(count, sum, 0, least, greatest);
        }
    }

    /// <summary>A sum of squares times a power of two, which is 1 unless squares would overflow or vanish.</summary>
    private readonly record struct Squares(double Value, int Exponent)
    {
        public static Squares Of(OrderedValues<TGrammar> values, Block block)
        {
            var exponent = ExponentOf(block.Greatest / 2 - block.Least / 2);
            var mean = Scale(block.Mean, exponent);
            var upTo = values.UpTo;
            var (before, rest, squares) = (0, 0.0, new Sum());
            for (var i = 0; i < upTo.Length; i++)
            {
                var distance = Scale(values.Scaled(i), exponent) - mean;
                var times = upTo[i] - before;
                before = upTo[i];
                if (!double.IsFinite(distance))
                    continue;
                rest += distance * times;
                squares.Add(distance * distance, times);
            }
            // Distances from the exact mean add up to 0: the rest is what rounding it added to the squares.
            return new Squares(Math.Max(0, squares.Value - rest * rest / block.Count), exponent);
        }

        /// <summary>The squared distance of two means, so many times.</summary>
        public static Squares Between(double mean, double other, double times)
        {
            var exponent = ExponentOf(other / 2 - mean / 2);
            var distance = Scale(other, exponent) - Scale(mean, exponent);
            return new Squares(distance * distance * times, exponent);
        }

        public Squares Plus(Squares other)
        {
            if (other.Value == 0)
                return this;
            if (Value == 0)
                return other;
            var exponent = Math.Max(Exponent, other.Exponent);
            return new Squares(In(exponent) + other.In(exponent), exponent);
        }

        /// <summary>The square root of the sum over a count.</summary>
        public double Root(long count) => Math.ScaleB(Math.Sqrt(Value / count), Exponent);

        private double In(int exponent) => exponent == Exponent ? Value : Math.ScaleB(Value, 2 * (Exponent - exponent));

        private static double Scale(double number, int exponent) =>
            exponent == 0 ? number : Math.ScaleB(number, -exponent);

        // 0 where a square of the number, and a sum of many, is far from both ends of the doubles.
        private static int ExponentOf(double number) =>
            number == 0 || Math.Abs(number) is > 1e-100 and < 1e100 ? 0 : Math.ILogB(number) + 1;
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
            Add(term, Math.FusedMultiplyAdd(number, times, -term));
        }

        public void Add(Sum other) => Add(other._sum, other._rounded);

        private void Add(double term, double rounded)
        {
            var sum = _sum + term;
            var added = sum - _sum;
            _rounded += _sum - (sum - added) + (term - added) + rounded;
            _sum = sum;
        }
    }
}
