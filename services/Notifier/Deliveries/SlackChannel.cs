using System.Net;
using System.Text.Json;
using Benchmark.Notifier.Reports;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Posts a report to a Slack incoming webhook.</summary>
internal sealed class SlackChannel(
    ReportBuilder reports, SlackMessage message, WebhookPost post, IOptions<SlackOptions> options)
    : ReportChannel(reports)
{
    private static readonly Dictionary<string, string> s_noHeaders = [];

    public override string Name => Delivery.Slack;

    public override async Task<string> SendAsync(Delivery delivery, RunReport report, CancellationToken ct)
    {
        if (options.Value.WebhookUrl is not { Length: > 0 } url)
            throw new DeliveryException("SLACK_WEBHOOK_URL is not set any more");
        var json = JsonSerializer.SerializeToUtf8Bytes(message.Of(report.Subject, report.Facts));
        var answer = await post.SendAsync(url, json, s_noHeaders, ct);
        // A page for logging in is a 200, too.
        return answer is { Status: HttpStatusCode.OK, Body: "ok" }
            ? "Slack webhook"
            : throw answer.Failure("Slack", Remedy(answer.Status));
    }

    private static string Remedy(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone =>
            ". Renew SLACK_WEBHOOK_URL: the webhook was revoked, or its channel is gone",
        HttpStatusCode.OK => ". That is not Slack's 'ok': something between here and Slack answers in its place",
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
            ". Redirects are not followed: correct SLACK_WEBHOOK_URL, or the proxy that answers in Slack's place",
        _ => "",
    };
}
