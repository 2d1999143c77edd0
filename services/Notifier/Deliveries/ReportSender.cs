using Benchmark.Notifier.Reports;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Builds a report and sends it through its channel.</summary>
internal sealed class ReportSender(ReportBuilder reports, IEnumerable<Channel> channels)
{
    /// <returns>Where it went, as text for people.</returns>
    public async Task<string> SendAsync(Delivery delivery, CancellationToken ct)
    {
        var channel = channels.Single(channel => channel.Name == delivery.Channel);
        return await channel.SendAsync(delivery, await reports.BuildAsync(delivery, ct), ct);
    }
}
