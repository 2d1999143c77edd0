namespace Benchmark.Data.Stability;

/// <summary>
/// Draws how samples may fall. The same seed gives the same draws: a verdict must not change when it is computed again.
/// </summary>
internal sealed class Draws(ulong seed)
{
    // Up to here counting up from 0 is faster than to look for the most probable outcome, which takes logarithms.
    private const int Few = 16;

    // Rounding may leave a rest of probability that no outcome takes.
    private const double Nothing = 1e-18;

    private ulong _state = seed;

    /// <summary>How many of the good ones are among those drawn without replacement: hypergeometric.</summary>
    /// <param name="total">All there are.</param>
    /// <param name="good">The good ones among them.</param>
    /// <param name="drawn">How many are drawn.</param>
    public long WithoutReplacement(long total, long good, long drawn)
    {
        var (least, most) = (Math.Max(0, drawn - (total - good)), Math.Min(drawn, good));
        if (least == most)
            return least;
        if (least == 0 && good <= Few && (double)drawn * good / total < Few)
        {
            var none = 1.0;
            for (var i = 0; i < good; i++)
                none *= (double)(total - drawn - i) / (total - i);
            return Invert(total, good, drawn, 0, none);
        }
        var mode = Math.Clamp((long)((drawn + 1.0) * (good + 1.0) / (total + 2.0)), least, most);
        return Invert(total, good, drawn, mode, Math.Exp(
            Combinations.LogChoose(good, mode) + Combinations.LogChoose(total - good, drawn - mode)
            - Combinations.LogChoose(total, drawn)));
    }

    /// <summary>
    /// How many new values fall into some of the gaps between the values of a sample of the same population: each order
    /// of old and new values is as probable as any other.
    /// </summary>
    /// <param name="gaps">All gaps.</param>
    /// <param name="chosen">Those that count.</param>
    /// <param name="values">The new values.</param>
    public long IntoGaps(long gaps, long chosen, long values)
    {
        if (chosen == gaps || values == 0)
            return values;
        // The share of the population in those gaps has a beta distribution.
        var (inside, outside) = (NextGamma(chosen), NextGamma(gaps - chosen));
        return Binomial(values, inside / (inside + outside));
    }

    private long Binomial(long trials, double probability)
    {
        if (probability > 0.5)
            return trials - Binomial(trials, 1 - probability);
        var from = trials * probability < Few ? 0 : (long)((trials + 1) * probability);
        var first = Math.Exp(
            Combinations.LogChoose(trials, from) + from * Math.Log(probability)
            + (trials - from) * Math.Log(1 - probability));
        var (down, up, below, above, odds) = (from, from, first, first, probability / (1 - probability));
        var rest = NextDouble() - first;
        while (rest >= 0 && below + above > Nothing)
        {
            above *= (double)(trials - up) / (up + 1) * odds;
            up++;
            if ((rest -= above) < 0)
                return up;
            below *= down / ((trials - down + 1) * odds);
            down--;
            if ((rest -= below) < 0)
                return down;
        }
        return from;
    }

    // Inversion from one outcome outwards: from the most probable one, the steps grow with the standard deviation.
    // Beyond the least and the most outcome, the probability becomes 0 and stays so.
    private long Invert(long total, long good, long drawn, long from, double probability)
    {
        var (down, up, below, above) = (from, from, probability, probability);
        var rest = NextDouble() - probability;
        while (rest >= 0 && below + above > Nothing)
        {
            above *= (double)(good - up) * (drawn - up) / ((double)(up + 1) * (total - good - drawn + up + 1));
            up++;
            if ((rest -= above) < 0)
                return up;
            below *= (double)down * (total - good - drawn + down) / ((double)(good - down + 1) * (drawn - down + 1));
            down--;
            if ((rest -= below) < 0)
                return down;
        }
        return from;
    }

    // Marsaglia and Tsang 2000, for shapes from 1 on.
    private double NextGamma(double shape)
    {
        var d = shape - 1 / 3.0;
        while (true)
        {
            var normal = NextNormal();
            var root = 1 + normal / Math.Sqrt(9 * d);
            var v = root * root * root;
            if (v > 0 && Math.Log(NextDouble()) < normal * normal / 2 + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    private double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    // SplitMix64 (Steele, Lea and Flood 2014).
    private double NextDouble()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
