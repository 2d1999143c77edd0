using System.Text.Json.Serialization;

namespace Benchmark.Contracts.Registry;

/// <summary>Who is notified of a model's refreshes, and when.</summary>
public sealed record NotifyTargets : Recipients
{
    /// <summary>Which runs they get a report of.</summary>
    public NotifyOn On { get; init; } = NotifyOn.Always;

    /// <summary>Who is also told when the model was not published; null for nobody more.</summary>
    public Recipients? Failures { get; init; }
}

/// <summary>Where reports go.</summary>
public record Recipients
{
    /// <summary>Email addresses; models with the same list share one report per run.</summary>
    public required IReadOnlyList<string> Email { get; init; }

    /// <summary>
    /// The address of the model's owner, who gets a report of the models owned; null when the owner is not told.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>Whether Slack is notified.</summary>
    public required bool Slack { get; init; }

    /// <summary>
    /// Addresses that a run is posted to as JSON, as the registry writes them; see <see cref="WebhookAddress"/>.
    /// </summary>
    public IReadOnlyList<string> Webhook { get; init; } = [];
}

/// <summary>Which runs are reported to a team.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotifyOn>))]
public enum NotifyOn
{
    /// <summary>Every run.</summary>
    [JsonStringEnumMemberName("always")]
    Always,

    /// <summary>A run in which one of the team's models failed, was rejected or is missing.</summary>
    [JsonStringEnumMemberName("trouble")]
    Trouble,

    /// <summary>Also a run in which one of them has moved, or was published with a warning.</summary>
    [JsonStringEnumMemberName("moved")]
    Moved,
}
