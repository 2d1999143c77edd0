using Benchmark.Notifier.Reports;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Has a report written and hands it to its channel.</summary>
internal sealed class Dispatch(ReportDesk desk, IEnumerable<Channel> channels)
{
    /// <returns>Where it went, for people to read.</returns>
    public async Task<string> SendAsync(Delivery delivery, CancellationToken ct)
    {
        var channel = channels.Single(channel => channel.Name == delivery.Channel);
        return await channel.SendAsync(delivery, await desk.WriteAsync(delivery, ct), ct);
    }
}
