using Benchmark.Notifier.Reports;

namespace Benchmark.Notifier.Deliveries;

/// <summary>A way to send reports: mail or Slack.</summary>
internal abstract class Channel
{
    /// <summary><see cref="Delivery.Mail"/> or <see cref="Delivery.Slack"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Sends a report.</summary>
    /// <returns>Where it went, as text for people.</returns>
    public abstract Task<string> SendAsync(Delivery delivery, RunReport report, CancellationToken ct);
}
