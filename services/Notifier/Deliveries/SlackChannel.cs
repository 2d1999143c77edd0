using System.Net.Http.Json;
using Benchmark.Notifier.Reports;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Posts a report to Slack's incoming webhook.</summary>
internal sealed class SlackChannel(IHttpClientFactory clients, IOptions<SlackOptions> options) : Channel
{
    public override string Name => Delivery.Slack;

    public override async Task<string> SendAsync(Delivery delivery, RunReport report, CancellationToken ct)
    {
        using var client = clients.CreateClient(Delivery.Slack);
        using var answer = await client.PostAsJsonAsync(options.Value.WebhookUrl, SlackMessage.Of(report), ct);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"Slack answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
        return "Slack webhook";
    }
}
