namespace Benchmark.Data.Stability;

/// <summary>
/// Draws how samples may fall. The same seed gives the same draws: a verdict must not change when it is computed again.
/// </summary>
internal sealed class Draws(ulong seed)
{
    // Up to here counting up from 0 is faster than to look for the most probable outcome, which takes logarithms.
    private const int Few = 16;

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
        if (chosen == gaps || chosen == 0 || values == 0)
            return chosen == 0 ? 0 : values;
        // A hypergeometric distribution with negative parameters: (−r choose k) = (−1)^k · (k + r − 1 choose k).
        if (chosen <= Few && (double)values * chosen / gaps < Few)
        {
            var none = 1.0;
            for (var i = 1; i <= chosen; i++)
                none *= (double)(gaps - i) / (values + gaps - i);
            return Invert(-gaps, -chosen, values, 0, none);
        }
        var mode = gaps < 3 ? 0 : Math.Clamp((long)((values + 1.0) * (chosen - 1.0) / (gaps - 2.0)), 0, values);
        return Invert(-gaps, -chosen, values, mode, Math.Exp(
            Combinations.LogChoose(mode + chosen - 1, mode)
            + Combinations.LogChoose(values - mode + gaps - chosen - 1, values - mode)
            - Combinations.LogChoose(values + gaps - 1, values)));
    }

    // Inversion from one outcome outwards: from the most probable one, the steps grow with the standard deviation.
    private long Invert(long total, long good, long drawn, long from, double probability)
    {
        var (down, up, below, above) = (from, from, probability, probability);
        var rest = NextDouble() - probability;
        // Rounding may leave a rest that no outcome takes.
        while (rest >= 0 && below + above > 1e-18)
        {
            above *= up < drawn
                ? (double)(good - up) / (up + 1) * (drawn - up) / (total - good - drawn + up + 1) : 0;
            up++;
            if ((rest -= above) < 0)
                return up;
            below *= down > 0 ? (double)down / (good - down + 1) * (total - good - drawn + down) / (drawn - down + 1) : 0;
            down--;
            if ((rest -= below) < 0)
                return down;
        }
        return from;
    }

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
