namespace Benchmark.Data.Stability;

/// <summary>
/// Draws without replacement. The same seed gives the same draws: a verdict must not change when it is computed again.
/// </summary>
internal sealed class Hypergeometric(ulong seed)
{
    private ulong _state = seed;

    /// <summary>How many of the good ones are among those drawn.</summary>
    /// <param name="total">All there are.</param>
    /// <param name="good">The good ones among them.</param>
    /// <param name="drawn">How many are drawn.</param>
    public long Draw(long total, long good, long drawn)
    {
        var (least, most) = (Math.Max(0, drawn - (total - good)), Math.Min(drawn, good));
        if (least == most)
            return least;
        // Inversion, from the most probable outcome outwards: the number of steps grows with the standard deviation.
        var mode = Math.Clamp((long)((drawn + 1.0) * (good + 1.0) / (total + 2.0)), least, most);
        var (down, up) = (mode, mode);
        var probability = Math.Exp(
            Combinations.LogChoose(good, mode) + Combinations.LogChoose(total - good, drawn - mode)
            - Combinations.LogChoose(total, drawn));
        var (below, above) = (probability, probability);
        var rest = NextDouble() - probability;
        // Rounding may leave a rest that no outcome takes.
        while (rest >= 0 && below + above > 1e-18)
        {
            // Beyond the least and the most, the probability has become 0 and stays so.
            above *= (double)(good - up) / (up + 1) * (drawn - up) / (total - good - drawn + up + 1);
            up++;
            if ((rest -= above) < 0)
                return up;
            below *= (double)down / (good - down + 1) * (total - good - drawn + down) / (drawn - down + 1);
            down--;
            if ((rest -= below) < 0)
                return down;
        }
        return mode;
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
