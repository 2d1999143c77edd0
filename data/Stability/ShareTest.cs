namespace Benchmark.Data.Stability;

/// <summary>How probable it is that a share rises as much by chance, exactly, however few the rows.</summary>
internal static class ShareTest
{
    /// <summary>
    /// The probability that two samples of one population have so many rows of a kind in the second: Fisher's exact
    /// test, one-sided.
    /// </summary>
    public static double More(long before, long rowsBefore, long now, long rowsNow)
    {
        var (total, kind) = (rowsBefore + rowsNow, before + now);
        var term = Math.Exp(
            Combinations.LogChoose(kind, now) + Combinations.LogChoose(total - kind, rowsNow - now)
            - Combinations.LogChoose(total, rowsNow));
        return Tail(
            term, now, Math.Min(kind, rowsNow),
            i => (double)(kind - i) / (i + 1) * (rowsNow - i) / (total - kind - rowsNow + i + 1));
    }

    /// <summary>
    /// The probability that so many values of a second sample are below the least or above the greatest of the first,
    /// by their ranks alone; less where values are equal.
    /// </summary>
    public static double OutOfRange(long outside, long valuesBefore, long values)
    {
        if (valuesBefore < 2)
            return 1;
        var total = valuesBefore + values;
        var term = (outside + 1) * Math.Exp(
            Combinations.LogChoose(total - outside - 2, valuesBefore - 2)
            - Combinations.LogChoose(total, valuesBefore));
        return Tail(
            term, outside, values, i => (i + 2.0) / (i + 1) * (values - i) / (total - i - 2));
    }

    // The sum of the terms from one on, each a multiple of the one before.
    private static double Tail(double term, long from, long to, Func<long, double> ratio)
    {
        var sum = term;
        for (var i = from; i < to && term > sum * 1e-16; i++)
        {
            term *= ratio(i);
            sum += term;
        }
        return Math.Min(sum, 1);
    }
}
