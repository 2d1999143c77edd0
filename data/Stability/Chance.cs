using System.Text.Json.Serialization;

namespace Benchmark.Data.Stability;

/// <summary>What chance alone makes of two samples of one population, beside what was seen.</summary>
internal sealed record Chance
{
    // Below it no simulation could change the verdict.
    private const double Decisive = 1e-6;

    // With more, the many cells with a row or two say little, and drawing them takes long.
    private const int MostSimulatedCells = 1000;

    /// <summary>How probable it is that two samples of one population differ as much.</summary>
    public required double PValue { get; init; }

    /// <summary>The PSI of two such samples on average.</summary>
    public required double NoiseMean { get; init; }

    /// <summary>The PSI that two such samples stay under 95 times in 100.</summary>
    public required double NoiseLimit { get; init; }

    /// <summary>Where these numbers are from.</summary>
    public required NoiseMethod Method { get; init; }

    /// <summary>
    /// By formula; simulated where some cells are too thin for it and the verdict can depend on it.
    /// </summary>
    public static Chance Of(IReadOnlyList<Cell> cells, PsiResult psi, PsiConvention convention, double warn)
    {
        var test = HomogeneityTest.Of(cells);
        return psi.Psi >= warn && test.HasThinCells && test.PValue >= Decisive && cells.Count <= MostSimulatedCells
            ? Redraw.Simulate(cells, convention)
            : new Chance
            {
                PValue = test.PValue,
                NoiseMean = psi.NoiseMean,
                NoiseLimit = psi.NoiseLimit,
                Method = NoiseMethod.ChiSquare,
            };
    }
}

/// <summary>How it was found what chance alone gives.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoiseMethod>))]
public enum NoiseMethod
{
    /// <summary>By the chi-square distribution; thin bins are put together for the p-value.</summary>
    [JsonStringEnumMemberName("chi-square")]
    ChiSquare,

    /// <summary>By redrawing both samples from their pooled rows, because bins are too thin.</summary>
    [JsonStringEnumMemberName("simulation")]
    Simulation,
}
