namespace Benchmark.Contracts;

/// <summary>
/// Asks for one model's benchmark to be refreshed. A person may publish just <c>valueStream</c> and <c>model</c>:
/// without a <see cref="RunId"/> the request becomes a run of its own. Names only; paths, queries and connections come
/// from the registry.
/// </summary>
public sealed record RefreshModel
{
    /// <summary>The run it belongs to; none when published by hand.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The value stream, as the registry spells it.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model's name within its value stream.</summary>
    public required string Model { get; init; }

    /// <summary>When the run started, UTC; none when published by hand, or by an earlier version.</summary>
    public DateTimeOffset? RunStartedAt { get; init; }

    /// <summary>Who requested it: a person, or <c>schedule</c>.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why, in the requester's words.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Publish although a comparison with the published version fails (drift, row change, frozen schema). Integrity
    /// and row rules still reject. Default false.
    /// </summary>
    public bool Force { get; init; }

    /// <summary>SHA-256 of the registry the run is pinned to; none means the registry as it is when fetched.</summary>
    public string? RegistrySha256 { get; init; }
}
