using System.Net.Http.Json;
using Benchmark.Notifier.Reports;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Posts a report to a Slack incoming webhook.</summary>
internal sealed class SlackChannel(IHttpClientFactory clients, IOptions<SlackOptions> options) : Channel
{
    public override string Name => Delivery.Slack;

    public override async Task<string> SendAsync(Delivery delivery, RunReport report, CancellationToken ct)
    {
        using var client = clients.CreateClient(Delivery.Slack);
        using var response = await client.PostAsJsonAsync(options.Value.WebhookUrl, SlackMessage.Of(report), ct);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"Slack answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(ct)}");
        return "Slack webhook";
    }
}
