using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting.Tracing;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

/// <summary>
/// Consumes RefreshModel, stages the model's data, publishes ModelStaged or ModelFetchFailed. For a request
/// that names no run it first opens one: it publishes RefreshRunStarted, and the request again with the run's id.
/// </summary>
internal sealed class StageBenchmarkConsumer(
    BenchmarkStaging staging, IRegistry registry, TimeProvider time, ILogger<StageBenchmarkConsumer> logger)
    : IConsumer<RefreshModel>
{
    public Task Consume(ConsumeContext<RefreshModel> context) => context switch
    {
        { Message.RunId: { } runId } => StageAsync(context, runId),
        { MessageId: { } messageId } => OpenRunAsync(context, messageId),
        // The dashboard gives a message no id, so it is sent on with one: retries and redeliveries then belong to the
        // same run. A crash right here sends it twice, and the second run finds the data unchanged.
        _ => context.Publish(context.Message),
    };

    private async Task OpenRunAsync(ConsumeContext<RefreshModel> context, Guid messageId)
    {
        var request = context.Message;
        logger.RunOpened(request, messageId);
        // Before the registry is saved: if the volume is not writable, a run exists that can report it.
        var started = SingleModelRun.Of(request, messageId, registry.Current, time.GetUtcNow());
        using var span = Spans.StartTrace("refresh run", RefreshTags.Of(started));
        await context.Publish(started);
        await RefreshAsync(context, request with
        {
            RunId = messageId,
            RunStartedAt = started.StartedAt,
            RegistrySha256 = registry.Pin().Sha256,
        });
    }

    private static async Task RefreshAsync(ConsumeContext context, RefreshModel request)
    {
        using var span = Spans.StartTrace("refresh", RefreshTags.Of(request));
        await context.Publish(request);
    }

    private async Task StageAsync(ConsumeContext<RefreshModel> context, Guid runId)
    {
        var pinned = registry.Pinned(context.Message.RegistrySha256);
        var delivery = RequestDelivery.Of(context);
        await (await staging.StageAsync(context.Message, runId, pinned, delivery, context.CancellationToken) switch
        {
            StageOutcome.Dropped => Task.CompletedTask,
            StageOutcome.Staged(var message) => context.Publish(message),
            StageOutcome.Refused(var message) => context.Publish(message),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        });
    }
}
