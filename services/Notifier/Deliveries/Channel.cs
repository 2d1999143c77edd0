using Benchmark.Notifier.Reports;

namespace Benchmark.Notifier.Deliveries;

/// <summary>A way in which what a run came to leaves this process.</summary>
internal abstract class Channel
{
    /// <summary>As in <see cref="Delivery.Channel"/>.</summary>
    public abstract string Name { get; }

    /// <summary>How many deliveries go through it at a time.</summary>
    public virtual int AtOnce => 1;

    /// <summary>How long one attempt may take.</summary>
    public virtual TimeSpan Timeout => TimeSpan.FromSeconds(30);

    /// <summary>Makes one attempt.</summary>
    /// <returns>Where it went, as text for people.</returns>
    public abstract Task<string> SendAsync(Delivery delivery, CancellationToken ct);
}

/// <summary>A way to send reports to people: mail, Slack or a webhook.</summary>
internal abstract class ReportChannel(ReportBuilder reports) : Channel
{
    public sealed override async Task<string> SendAsync(Delivery delivery, CancellationToken ct) =>
        await SendAsync(delivery, await reports.BuildAsync(delivery, ct), ct);

    /// <summary>Sends a report.</summary>
    /// <returns>Where it went, as text for people.</returns>
    public abstract Task<string> SendAsync(Delivery delivery, RunReport report, CancellationToken ct);
}
