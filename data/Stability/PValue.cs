using System.Globalization;

namespace Benchmark.Data.Stability;

/// <summary>Writes p-values for people: the exact value of a tiny one says nothing more.</summary>
public static class PValue
{
    private const double Tiny = 0.001;

    /// <summary><c>&lt; 0.001</c> or <c>0.031</c></summary>
    public static string Text(double p) =>
        p < Tiny ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary><c>p &lt; 0.001</c> or <c>p = 0.031</c></summary>
    public static string InWords(double p) => p < Tiny ? $"p {Text(p)}" : $"p = {Text(p)}";
}
