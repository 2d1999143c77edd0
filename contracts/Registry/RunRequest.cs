namespace Benchmark.Contracts.Registry;

/// <summary>Models to refresh, and who asked: what the messages of a run are made of.</summary>
public sealed record RunRequest
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>What started it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>Who asked.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Why, in the words of who asked.</summary>
    public string? Reason { get; init; }

    /// <summary>Overrides failed checks against the published version.</summary>
    public bool Force { get; init; }

    /// <summary>The models. Never empty.</summary>
    public required IReadOnlyList<ModelDefinition> Models { get; init; }

    /// <summary>What opens the run.</summary>
    /// <param name="registry">The registry the run is pinned to.</param>
    /// <param name="now">When it starts.</param>
    public RefreshRunStarted Started(ModelRegistry registry, DateTimeOffset now) => new()
    {
        RunId = RunId,
        Trigger = Trigger,
        RequestedBy = RequestedBy,
        Reason = Reason,
        StartedAt = now,
        Deadline = now + Models.Max(model => model.RunDeadline),
        RegistrySha256 = registry.Sha256,
        Models = [.. Models.Select(model => model.Name)],
    };

    /// <summary>What asks for each of its models.</summary>
    public IEnumerable<RefreshModel> Refreshes(RefreshRunStarted started) =>
        started.Models.Select(model => new RefreshModel
        {
            RunId = RunId,
            RunStartedAt = started.StartedAt,
            ValueStream = model.ValueStream,
            Model = model.Model,
            RequestedBy = RequestedBy,
            Reason = Reason,
            Force = Force,
            RegistrySha256 = started.RegistrySha256,
        });
}
