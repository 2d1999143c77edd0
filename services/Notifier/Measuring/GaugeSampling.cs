using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Measuring;

/// <summary>
/// Takes a sample for the gauges at an interval, so that an export asks neither the volume nor the database.
/// </summary>
internal sealed class GaugeSampling(
    Sampler sampler, Gauges gauges, IOptions<NotifierOptions> options, TimeProvider time) : BackgroundService
{
    // As long as a sample of a volume that answers takes; one that does not must not hold up the stop.
    private static readonly TimeSpan s_lastSample = TimeSpan.FromSeconds(2);

    /// <summary>Takes a sample now, if anything exports it.</summary>
    public async Task SampleNowAsync(CancellationToken ct = default)
    {
        if (gauges.AreExported)
            gauges.Show(await sampler.TakeAsync(ct));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // A command ends soon after its run: without this, the last export would tell of the time before.
        await Task.WhenAny(
            Task.Run(() => SampleNowAsync(cancellationToken), CancellationToken.None), Task.Delay(s_lastSample, time));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.GaugeInterval, time);
        try
        {
            do
                await SampleNowAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A normal stop.
        }
    }
}
