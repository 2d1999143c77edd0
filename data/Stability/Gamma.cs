namespace Benchmark.Data.Stability;

/// <summary>The regularised incomplete gamma function, accurate to about 1e-14; after DLMF chapter 8.</summary>
internal static class Gamma
{
    // Enough for every argument that a chi-square quantile of up to a million bins asks for.
    private const int MaxTerms = 100_000;
    private const double Tiny = 1e-300;

    // Lanczos approximation, g = 7, n = 9 (Godfrey): relative error below 1e-15.
    private static readonly double[] s_lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>ln Γ(a) for a &gt; 0.5.</summary>
    public static double Log(double a)
    {
        var sum = s_lanczos[0];
        for (var i = 1; i < s_lanczos.Length; i++)
            sum += s_lanczos[i] / (a - 1 + i);
        var t = a + 6.5;
        return 0.5 * Math.Log(2 * Math.PI) + (a - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    /// <summary>P(a, x) and Q(a, x) = 1 − P; the smaller of the two is computed, so neither loses digits.</summary>
    public static (double Lower, double Upper) Regularised(double a, double x)
    {
        if (x <= 0)
            return (0, 1);
        if (x < a + 1)
        {
            var lower = Density(a, x) * x * Series(a, x);
            return (lower, 1 - lower);
        }
        var upper = Density(a, x) * x * ContinuedFraction(a, x);
        return (1 - upper, upper);
    }

    /// <summary>dP/dx = x^(a−1) e^(−x) / Γ(a).</summary>
    public static double Density(double a, double x) => Math.Exp((a - 1) * Math.Log(x) - x - Log(a));

    // DLMF 8.11.4: P(a, x) = x^a e^(−x) / Γ(a) · Σ x^k / (a (a+1) … (a+k)).
    private static double Series(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var k = 1; k < MaxTerms && term > sum * 1e-17; k++)
        {
            term *= x / (a + k);
            sum += term;
        }
        return sum;
    }

    // DLMF 8.9.2 by Lentz's method: Q(a, x) = x^a e^(−x) / Γ(a) · 1/(x+1−a− 1(1−a)/(x+3−a− …)).
    private static double ContinuedFraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var fraction = d;
        for (var i = 1; i < MaxTerms; i++)
        {
            var numerator = -i * (i - a);
            b += 2;
            d = 1 / NotZero(numerator * d + b);
            c = NotZero(b + numerator / c);
            fraction *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16)
                break;
        }
        return fraction;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }
}
