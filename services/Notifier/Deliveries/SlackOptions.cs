using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>How Slack is told. Configuration section <c>Slack</c>.</summary>
public sealed class SlackOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Slack";

    /// <summary>The address of an incoming webhook of Slack. Without it, Slack is told nothing. A secret.</summary>
    public string? WebhookUrl { get; set; }

    internal bool On => !string.IsNullOrWhiteSpace(WebhookUrl);

    /// <summary>Never repeats the address: whoever has it can post.</summary>
    internal sealed class Validation : IValidateOptions<SlackOptions>
    {
        public ValidateOptionsResult Validate(string? name, SlackOptions options) =>
            !options.On
            || (Uri.TryCreate(options.WebhookUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http")
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "Slack:WebhookUrl (SLACK_WEBHOOK_URL) must be the https:// address of an incoming webhook.");
    }
}
