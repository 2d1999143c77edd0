namespace Benchmark.Contracts;

/// <summary>Checked data could not be published, and trying again would not help.</summary>
public sealed record ModelPublishFailed
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary>What happened, for a person to read.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do next, for a person to read.</summary>
    public string? Hint { get; init; }
}
