using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting.Broker;
using Benchmark.Hosting.Tracing;
using MassTransit;
using Microsoft.Extensions.Configuration;

namespace Benchmark.Notifier.Pages.Runs;

/// <summary>
/// Asks for a run as the command line does: <see cref="RefreshRunStarted"/>, then a <see cref="RefreshModel"/> per
/// model. Asking twice with one id is one run.
/// </summary>
internal sealed class RequestedRuns(IBus bus, IRegistry registry, IConfiguration configuration, TimeProvider time)
{
    /// <summary>Publishes a run of those of the models that the registry has; false when it has none of them.</summary>
    /// <exception cref="BrokerException">The broker refuses the connection, or lacks a queue.</exception>
    /// <exception cref="IOException">The volume cannot be written, on which the run's registry is kept.</exception>
    public async Task<bool> StartAsync(
        Guid runId, IEnumerable<ModelKey> models, string requestedBy, string reason, CancellationToken ct)
    {
        var pinned = registry.Pin();
        ModelDefinition[] known = [.. models
            .Select(model => pinned.Find(model.ValueStream, model.Model)).OfType<ModelDefinition>()];
        if (known is [])
            return false;
        await BrokerProbe.RequireAsync(configuration, Queues.All, TimeSpan.Zero, ct);
        var request = new RunRequest
        {
            RunId = runId,
            Trigger = RunTrigger.Operator,
            RequestedBy = requestedBy,
            Reason = reason,
            Models = known,
        };
        var started = request.Started(pinned, time.GetUtcNow());
        using var span = Spans.StartTrace("refresh run", RefreshTags.Of(started));
        await bus.PublishInTimeAsync(started, ct);
        await Task.WhenAll(request.Refreshes(started).Select(refresh => RefreshAsync(refresh, ct)));
        return true;
    }

    private async Task RefreshAsync(RefreshModel refresh, CancellationToken ct)
    {
        using var span = Spans.StartTrace("refresh", RefreshTags.Of(refresh));
        await bus.PublishInTimeAsync(refresh, ct);
    }
}
