namespace Benchmark.Data.Stability;

/// <summary>The verdict on a PSI, in the words of reports and JSON.</summary>
public static class Band
{
    public const string Stable = "stable";
    public const string Shifted = "shifted";
    public const string Moved = "moved";
    public const string InsufficientSample = "insufficient sample";

    /// <summary>
    /// stable &lt; warn ≤ shifted &lt; fail ≤ moved. Where chance alone exceeds the warn limit, nothing can be told.
    /// </summary>
    public static string Of(double psi, double noiseLimit, PsiLimits limits) =>
        noiseLimit > limits.Warn ? InsufficientSample
        : psi >= limits.Fail ? Moved
        : psi >= limits.Warn ? Shifted
        : Stable;
}
