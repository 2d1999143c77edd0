using Benchmark.Notifier.Reports;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Writes the report of the whole run beside the run's facts on the volume.</summary>
internal sealed class FileChannel(ReportFile file) : Channel
{
    public override string Name => Delivery.File;

    // It reads what is known of every model.
    public override TimeSpan Timeout => TimeSpan.FromMinutes(2);

    public override Task<string> SendAsync(Delivery delivery, CancellationToken ct) =>
        file.WriteAsync(delivery.RunId, ct);
}
