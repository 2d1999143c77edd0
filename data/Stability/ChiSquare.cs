namespace Benchmark.Data.Stability;

/// <summary>The chi-square distribution.</summary>
internal static class ChiSquare
{
    /// <summary>The value that a chi-square variable stays under with this probability.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double Quantile(double probability, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        if (probability is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Allowed is above 0 and below 1.");

        var a = degreesOfFreedom / 2.0;
        var x = WilsonHilferty(probability, degreesOfFreedom) / 2;
        // Halley's method triples the digits with every step, so a change in the 12th is the last one that matters.
        for (var step = 0; step < 100; step++)
        {
            var (lower, upper) = Gamma.Regularised(a, x);
            var excess = probability < 0.5 ? lower - probability : 1 - probability - upper;
            var newton = excess / Gamma.Density(a, x);
            var change = newton / (1 - Math.Clamp(newton * ((a - 1) / x - 1) / 2, -0.5, 0.5));
            // A step below zero would leave the domain, so go half-way.
            var next = x - change > 0 ? x - change : x / 2;
            if (Math.Abs(next - x) <= 1e-12 * x)
                return 2 * next;
            x = next;
        }
        return 2 * x;
    }

    /// <summary>The probability that a chi-square variable is at least this large.</summary>
    /// <param name="value">At least 0.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double UpperTail(double value, int degreesOfFreedom) =>
        Gamma.Regularised(degreesOfFreedom / 2.0, value / 2).Upper;

    // Good to a few digits: the starting point only.
    private static double WilsonHilferty(double probability, int degreesOfFreedom)
    {
        var spread = 2 / (9.0 * degreesOfFreedom);
        var cube = 1 - spread + NormalQuantile(probability) * Math.Sqrt(spread);
        return Math.Max(degreesOfFreedom * cube * cube * cube, 1e-6);
    }

    // Abramowitz and Stegun 26.2.23: error below 4.5e-4.
    private static double NormalQuantile(double probability)
    {
        var t = Math.Sqrt(-2 * Math.Log(Math.Min(probability, 1 - probability)));
        var z = t - (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        return probability < 0.5 ? -z : z;
    }
}
