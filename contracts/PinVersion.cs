namespace Benchmark.Contracts;

/// <summary>Asks the Publisher to keep a version until it is unpinned, or not to keep it any longer.</summary>
public sealed record PinVersion
{
    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary>The version.</summary>
    public required int Version { get; init; }

    /// <summary>Whether it is to be kept; false removes the pin.</summary>
    public required bool Pinned { get; init; }

    /// <summary>Who requested it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }
}
