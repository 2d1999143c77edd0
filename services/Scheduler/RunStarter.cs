using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Data;
using Benchmark.Hosting.Broker;
using Benchmark.Hosting.Tracing;
using MassTransit;
using Microsoft.Extensions.Configuration;

namespace Benchmark.Scheduler;

/// <summary>
/// Opens a run on the bus: <see cref="RefreshRunStarted"/>, then one <see cref="RefreshModel"/> per model.
/// </summary>
public sealed class RunStarter(IBus bus, IConfiguration configuration, TimeProvider time)
{
    // Long enough for services that start at the same time to declare their queues.
    private static readonly TimeSpan s_queueWait = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Publishes a run. Publishing it twice does not make a second run. The run and each of its models are a trace of
    /// their own, and link to each other; of the links of a large run, <c>OTEL_SPAN_LINK_COUNT_LIMIT</c> are exported.
    /// </summary>
    /// <param name="registry">The registry the run is pinned to, from <see cref="IRegistry.Pin"/>.</param>
    /// <param name="request">What to refresh, and who asked.</param>
    /// <param name="ct">Cancels the wait for the bus.</param>
    /// <exception cref="BrokerException">The broker refuses the connection, or lacks a queue that the run
    /// needs.</exception>
    public async Task StartAsync(ModelRegistry registry, RunRequest request, CancellationToken ct)
    {
        await BrokerProbe.RequireAsync(configuration, Queues.All, s_queueWait, ct);
        var started = request.Started(registry, time.GetUtcNow());
        using var span = Spans.StartTrace("refresh run", RefreshTags.Of(started));
        await bus.Publish(started, ct);
        await Task.WhenAll(request.Refreshes(started).Select(refresh => RefreshAsync(refresh, ct)));
    }

    /// <summary>Publishes a run of one model that the Publisher alone carries out.</summary>
    /// <param name="started">The run.</param>
    /// <param name="act">What the Publisher is asked to do.</param>
    /// <param name="ct">Cancels the wait for the bus.</param>
    /// <exception cref="BrokerException">The broker refuses the connection, or lacks a queue that the run
    /// needs.</exception>
    public async Task StartAsync<T>(RefreshRunStarted started, T act, CancellationToken ct)
        where T : class
    {
        await BrokerProbe.RequireAsync(configuration, [Queues.Publisher, Queues.Notifier], s_queueWait, ct);
        using var run = Spans.StartTrace("run", RefreshTags.Of(started));
        await bus.Publish(started, ct);
        using var span = Spans.StartTrace(started.Trigger.Word(), RefreshTags.Of(act));
        await bus.Publish(act, ct);
    }

    private async Task RefreshAsync(RefreshModel refresh, CancellationToken ct)
    {
        using var span = Spans.StartTrace("refresh", RefreshTags.Of(refresh));
        await bus.Publish(refresh, ct);
    }
}
