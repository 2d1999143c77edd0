using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Reports;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Posts a run as JSON, signed: to Microsoft Teams, or to a program that a team has written.</summary>
internal sealed class WebhookChannel(
    ReportBuilder reports, WebhookMessage message, WebhookPost post, IOptions<WebhookOptions> options,
    TimeProvider time)
    : ReportChannel(reports)
{
    public override string Name => Delivery.Webhook;

    // Each goes somewhere else, and one that hangs must not hold up another.
    public override int AtOnce => 8;

    public override async Task<string> SendAsync(Delivery delivery, RunReport report, CancellationToken ct)
    {
        var address = AddressOf(delivery);
        var now = time.GetUtcNow();
        var json = message.Of(delivery, report, now);
        var answer = await post.SendAsync(address.AbsoluteUri, json, Headers(delivery, json, now), ct);
        return (int)answer.Status is >= 200 and < 300
            ? $"{address.Host} answered {(int)answer.Status}"
            : throw answer.Failure(address.Host, (int)answer.Status < 400 ? ". Redirects are not followed" : "");
    }

    private static Uri AddressOf(Delivery delivery)
    {
        var text = WebhookAddress.Expand(delivery.Team, RegistryReader.ProcessEnvironment(), out var missing);
        if (missing.Count > 0)
            throw new DeliveryException(
                $"the environment variable {missing[0]} is not set. Set it for the Notifier, and restart it");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address
            : throw new DeliveryException($"{WebhookAddress.Shown(delivery.Team)} is not an https:// address");
    }

    private Dictionary<string, string> Headers(Delivery delivery, byte[] json, DateTimeOffset now)
    {
        var headers = new Dictionary<string, string>
        {
            ["X-Benchmark-Delivery"] = delivery.MessageId,
            ["X-Benchmark-Timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        if (options.Value.Secret is { Length: > 0 } secret)
            headers["X-Benchmark-Signature"] =
                $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), json))}";
        return headers;
    }
}
