namespace Benchmark.Data.Stability;

/// <summary>The limits of PSI that warn and fail.</summary>
/// <param name="Warn">A column at or above this PSI has shifted.</param>
/// <param name="Fail">A column at or above this PSI has moved.</param>
public readonly record struct PsiLimits(double Warn, double Fail)
{
    /// <summary>
    /// stable &lt; warn ≤ shifted &lt; fail ≤ moved. Where chance alone exceeds the warn limit, there is no verdict.
    /// </summary>
    public Band BandOf(double psi, double noiseLimit) =>
        noiseLimit > Warn ? Band.InsufficientSample
        : psi >= Fail ? Band.Moved
        : psi >= Warn ? Band.Shifted
        : Band.Stable;
}
