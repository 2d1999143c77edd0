namespace Benchmark.Data.Stability;

/// <summary>The limits of PSI that warn and fail.</summary>
/// <param name="Warn">A column at or above this PSI has shifted.</param>
/// <param name="Fail">A column at or above this PSI has moved.</param>
internal readonly record struct PsiLimits(double Warn, double Fail)
{
    // Below these p-values chance does not explain a PSI. Where samples are so small that chance alone often reaches
    // the warn limit, the stricter one keeps false alarms rare.
    private const double Significant = 0.01;
    private const double SignificantOnFewRows = 0.001;

    /// <summary>
    /// stable &lt; warn ≤ shifted &lt; fail ≤ moved. A PSI that chance explains, and one below the warn limit where
    /// chance alone exceeds that limit, is no verdict: the sample is too small.
    /// </summary>
    /// <param name="psi">The PSI.</param>
    /// <param name="noiseLimit">The PSI that two samples of one population stay under 95 times in 100.</param>
    /// <param name="pValue">How probable it is that two samples of one population differ as much.</param>
    public Band BandOf(double psi, double noiseLimit, double pValue)
    {
        var few = noiseLimit > Warn;
        if (psi < Warn)
            return few ? Band.InsufficientSample : Band.Stable;
        if (pValue >= (few ? SignificantOnFewRows : Significant))
            return Band.InsufficientSample;
        return psi >= Fail ? Band.Moved : Band.Shifted;
    }
}
