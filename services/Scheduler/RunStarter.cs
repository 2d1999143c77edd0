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
        var now = time.GetUtcNow();
        var started = new RefreshRunStarted
        {
            RunId = request.RunId,
            Trigger = request.Trigger,
            RequestedBy = request.RequestedBy,
            Reason = request.Reason,
            StartedAt = now,
            Deadline = now + request.Models.Max(model => model.RunDeadline),
            RegistrySha256 = registry.Sha256,
            Models = [.. request.Models.Select(model => model.Name)],
        };
        using var span = Spans.StartTrace("refresh run", RefreshTags.Of(started));
        await bus.Publish(started, ct);
        await Task.WhenAll(request.Models.Select(model => RefreshAsync(model, request, registry, ct)));
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

    private async Task RefreshAsync(
        ModelDefinition model, RunRequest request, ModelRegistry registry, CancellationToken ct)
    {
        var refresh = new RefreshModel
        {
            RunId = request.RunId,
            ValueStream = model.ValueStream,
            Model = model.Model,
            RequestedBy = request.RequestedBy,
            Reason = request.Reason,
            Force = request.Force,
            RegistrySha256 = registry.Sha256,
        };
        using var span = Spans.StartTrace("refresh", RefreshTags.Of(refresh));
        await bus.Publish(refresh, ct);
    }
}

/// <summary>What to refresh, and who asked.</summary>
public sealed record RunRequest
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>What started it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>Who asked.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Why, in the words of who asked.</summary>
    public string? Reason { get; init; }

    /// <summary>Overrides failed checks against the published version.</summary>
    public bool Force { get; init; }

    /// <summary>The models. Never empty.</summary>
    public required IReadOnlyList<ModelDefinition> Models { get; init; }
}
