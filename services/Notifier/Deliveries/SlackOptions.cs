using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>How reports are posted to Slack. Configuration section <c>Slack</c>.</summary>
public sealed class SlackOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Slack";

    /// <summary>The address of a Slack incoming webhook. Without it, nothing is posted to Slack. A secret.</summary>
    public string? WebhookUrl { get; set; }

    internal bool IsEnabled => !string.IsNullOrWhiteSpace(WebhookUrl);

    /// <summary>The message never repeats the address, because whoever has it can post.</summary>
    internal sealed class Validation : IValidateOptions<SlackOptions>
    {
        public ValidateOptionsResult Validate(string? name, SlackOptions options) =>
            !options.IsEnabled
            || (Uri.TryCreate(options.WebhookUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http")
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "Slack:WebhookUrl (SLACK_WEBHOOK_URL) must be the https:// address of an incoming webhook.");
    }
}
