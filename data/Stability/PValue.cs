using System.Globalization;

namespace Benchmark.Data.Stability;

/// <summary>How probable a difference is by chance alone, and how people are told so.</summary>
public static class PValue
{
    /// <summary>As rare as that by chance, so that a hundred columns do not warn every other month.</summary>
    public const double Significant = 0.001;

    private const double Tiny = 0.001;

    /// <summary>
    /// The probability that two samples of one population have so many rows of a kind in the second, exactly, however
    /// few the rows.
    /// </summary>
    /// <param name="before">Rows of the kind in the first sample.</param>
    /// <param name="rowsBefore">All rows of the first sample.</param>
    /// <param name="now">Rows of the kind in the second sample.</param>
    /// <param name="rowsNow">All rows of the second sample.</param>
    public static double OfMore(long before, long rowsBefore, long now, long rowsNow) =>
        ShareTest.More(before, rowsBefore, now, rowsNow);

    /// <summary><c>&lt; 0.001</c> or <c>0.031</c>: the exact value of a tiny one says nothing more.</summary>
    public static string Text(double p) =>
        p < Tiny ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary><c>p &lt; 0.001</c> or <c>p = 0.031</c></summary>
    public static string InWords(double p) => p < Tiny ? $"p {Text(p)}" : $"p = {Text(p)}";
}
