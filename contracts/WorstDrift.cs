using System.Text.Json.Serialization;
using Benchmark.Data.Stability;

namespace Benchmark.Contracts;

/// <summary>The column with the worst verdict against the published version; of several, the one that drifted furthest.</summary>
public sealed record WorstDrift
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>Its PSI or CSI, dimensionless; convention <c>benchmark/1</c>.</summary>
    public required double Psi { get; init; }

    /// <summary>The verdict on it.</summary>
    public required Band Band { get; init; }

    /// <summary>How probable it is that two samples of one population differ as much.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PValue { get; init; }

    /// <summary>The number of bins that the verdict stands on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? BinsFilled { get; init; }
}
