namespace Benchmark.Data.Profiling;

/// <summary>
/// Mean and standard deviation of the finite ones of many numbers, taken in blocks: the sums of each block around its own mean,
/// joined as Chan, Golub and LeVeque (1979) do. No cancellation however far the numbers are from zero.
/// </summary>
internal sealed class Moments
{
    private long _count;
    private double _mean;
    private double _squares;

    /// <summary>Mean, and sample standard deviation (null below two numbers); null without any.</summary>
    public (double Mean, double? Stddev)? MeanAndStddev =>
        _count == 0 ? null : (_mean, _count < 2 ? null : Math.Sqrt(_squares / (_count - 1)));

    public void Add(ReadOnlySpan<double> numbers)
    {
        var (count, sum, squares) = (0L, 0.0, 0.0);
        foreach (var number in numbers)
        {
            if (double.IsFinite(number))
                (count, sum) = (count + 1, sum + number);
        }
        if (count == 0)
            return;
        var mean = sum / count;
        foreach (var number in numbers)
        {
            if (double.IsFinite(number))
                squares += (number - mean) * (number - mean);
        }
        Join(count, mean, squares);
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
