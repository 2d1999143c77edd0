namespace Benchmark.Notifier.Deliveries;

/// <summary>What has become of a report, as JSON for other programs.</summary>
public sealed record DeliveryState
{
    /// <summary>mail, slack, webhook or file.</summary>
    public required string Channel { get; init; }

    /// <summary>Who gets it; never the address of a webhook.</summary>
    public required string Recipient { get; init; }

    /// <summary>
    /// all; failures for a report of what was not published; correction for one of what was published after all.
    /// </summary>
    public required string Scope { get; init; }

    /// <summary>pending, sent, or dead when it is given up.</summary>
    public required string State { get; init; }

    /// <summary>How many attempts have failed.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the next attempt is; null when there is none.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was sent; null when it was not.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Where it went; null when it was not sent.</summary>
    public string? WentTo { get; init; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>The state of a delivery.</summary>
    public static DeliveryState Of(Delivery delivery) => new()
    {
        Channel = delivery.Channel,
        Recipient = delivery.Recipient,
        Scope = delivery.Scope,
        State = delivery.State,
        Attempts = delivery.Attempts,
        NextAttemptAt = delivery.State == Delivery.Pending ? delivery.NextAttemptAt : null,
        SentAt = delivery.SentAt,
        WentTo = delivery.WentTo,
        LastError = delivery.LastError,
    };
}
