namespace Benchmark.Notifier.Deliveries;

/// <summary>How runs are posted to webhooks. Configuration section <c>Webhook</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Webhook";

    /// <summary>
    /// The key that posts to webhooks are signed with, so that the receiver knows who sent them. Without it they are
    /// not signed. A secret.
    /// </summary>
    public string? Secret { get; set; }
}
