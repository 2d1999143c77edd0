using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
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
        // The dashboard gives a message no id. It is sent on with one, so that whatever fails from here on, and is
        // tried or delivered again, is the same run. Sent on twice, by a crash at this very point, it is two whole
        // runs, of which the second finds the data unchanged.
        _ => context.Publish(context.Message),
    };

    private async Task OpenRunAsync(ConsumeContext<RefreshModel> context, Guid messageId)
    {
        var request = context.Message;
        logger.RunOpened(request, messageId);
        // Before the registry is kept, which takes a writable volume: when that fails, there is a run to tell of it.
        await context.Publish(SingleModelRun.Of(request, messageId, registry.Current, time.GetUtcNow()));
        await context.Publish(request with { RunId = messageId, RegistrySha256 = registry.Pin().Sha256 });
    }

    private async Task StageAsync(ConsumeContext<RefreshModel> context, Guid runId)
    {
        var pinned = registry.Pinned(context.Message.RegistrySha256);
        var spent = context.ReceiveContext.ElapsedTime;
        await (await staging.StageAsync(context.Message, runId, pinned, spent, context.CancellationToken) switch
        {
            StageOutcome.Staged(var message) => context.Publish(message),
            StageOutcome.Refused(var message) => context.Publish(message),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        });
    }
}
