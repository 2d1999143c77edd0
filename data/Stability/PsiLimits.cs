namespace Benchmark.Data.Stability;

/// <summary>From where on a PSI is worth a look, and from where on it is too much.</summary>
/// <param name="Warn">From this PSI on a column has shifted.</param>
/// <param name="Fail">From this PSI on a column has moved.</param>
public readonly record struct PsiLimits(double Warn, double Fail);
