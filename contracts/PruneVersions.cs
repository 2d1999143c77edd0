namespace Benchmark.Contracts;

/// <summary>
/// Asks the Publisher to remove the versions of a model that its retention does not keep, as after a publication.
/// </summary>
public sealed record PruneVersions
{
    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary>Who requested it.</summary>
    public required string RequestedBy { get; init; }
}
