namespace Benchmark.Data.Stability;

/// <summary>How many ways there are to choose some of many, as logarithms, which do not overflow.</summary>
internal static class Combinations
{
    private const int Tabulated = 4096;

    private static readonly double[] s_logFactorials = Tabulate();

    /// <summary>ln of the number of ways to choose k of n; 0 ≤ k ≤ n.</summary>
    public static double LogChoose(long n, long k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    // Stirling's series, exact to the last digit from the end of the table on.
    private static double LogFactorial(long n) => n < Tabulated
        ? s_logFactorials[n]
        : (n + 0.5) * Math.Log(n) - n + 0.5 * Math.Log(2 * Math.PI) + 1.0 / (12.0 * n);

    private static double[] Tabulate()
    {
        var logs = new double[Tabulated];
        for (var n = 1; n < Tabulated; n++)
            logs[n] = logs[n - 1] + Math.Log(n);
        return logs;
    }
}
