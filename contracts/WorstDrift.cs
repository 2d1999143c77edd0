using Benchmark.Data.Stability;

namespace Benchmark.Contracts;

/// <summary>The column that drifted furthest from the published version.</summary>
public sealed record WorstDrift
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>Its PSI or CSI, dimensionless; convention <c>benchmark/1</c>.</summary>
    public required double Psi { get; init; }

    /// <summary>The verdict on it.</summary>
    public required Band Band { get; init; }
}
