namespace Benchmark.Data.Stability;

/// <summary>From where on a PSI is worth a look, and from where on it is too much.</summary>
/// <param name="Warn">From this PSI on a column has shifted.</param>
/// <param name="Fail">From this PSI on a column has moved.</param>
public readonly record struct PsiLimits(double Warn, double Fail)
{
    /// <summary>
    /// stable &lt; warn ≤ shifted &lt; fail ≤ moved. Where chance alone exceeds the warn limit, nothing can be told.
    /// </summary>
    public Band BandOf(double psi, double noiseLimit) =>
        noiseLimit > Warn ? Band.InsufficientSample
        : psi >= Fail ? Band.Moved
        : psi >= Warn ? Band.Shifted
        : Band.Stable;
}
