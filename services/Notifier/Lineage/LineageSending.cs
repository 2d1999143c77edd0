using Benchmark.Notifier.Measuring;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Lineage;

/// <summary>Sends the event of each ended refresh. A server that is away is logged once.</summary>
internal sealed class LineageSending(
    LineageQueue queue, LineageEvents events, LineageMetrics metrics, ILogger<LineageSending> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_lastEvents = TimeSpan.FromSeconds(5);

    private long _givenUp;

    /// <summary>Sends what waits now.</summary>
    public async Task SendWaitingAsync(CancellationToken ct = default)
    {
        while (queue.Waiting.TryRead(out var ended))
            await SendAsync(ended, ct);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // A command ends soon after its run, so what waits gets a moment.
        queue.Complete();
        if (ExecuteTask is { } sending)
            await Task.WhenAny(sending, Task.Delay(s_lastEvents, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var ended in queue.Waiting.ReadAllAsync(stoppingToken))
                await SendAsync(ended, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A normal stop; events that still wait are lost.
        }
    }

    private async Task SendAsync(EndedRefresh ended, CancellationToken ct)
    {
        try
        {
            await events.SendAsync(ended, patiently: _givenUp == 0, ct);
        }
        // Whatever it is: lineage is not worth a process.
        catch (Exception reason) when (!ct.IsCancellationRequested)
        {
            metrics.NotSent();
            if (_givenUp++ == 0)
                logger.LineageNotSent(events.Server, ended.Refresh.Name, ended.Run.CorrelationId, reason.Message);
            return;
        }
        metrics.Sent();
        if (_givenUp > 0)
            logger.LineageSentAgain(events.Server, _givenUp);
        _givenUp = 0;
    }
}

/// <summary>Builds and sends one event.</summary>
internal sealed class LineageEvents(LineageFactsReader facts, LineageClient client, IOptions<LineageOptions> options)
{
    public string Server => options.Value.Server;

    public Task SendAsync(EndedRefresh ended, bool patiently, CancellationToken ct) => client.SendAsync(
        LineageEvent.Of(ended, facts.Read(ended), options.Value.Namespace), patiently, ct);
}
