using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

/// <summary>
/// Consumes RefreshModel, stages the model's data, publishes ModelStaged or ModelFetchFailed. A request without a run
/// is first made a run of one: it publishes RefreshRunStarted and the request again, now with its run.
/// </summary>
internal sealed class StageBenchmarkConsumer(
    BenchmarkStaging staging, IRegistry registry, TimeProvider time, ILogger<StageBenchmarkConsumer> logger)
    : IConsumer<RefreshModel>
{
    public async Task Consume(ConsumeContext<RefreshModel> context)
    {
        var request = context.Message;
        if (request.RunId is not { } runId)
        {
            var run = RunOfOne.For(request, context.MessageId, registry.Pin(), time.GetUtcNow());
            logger.RunOfOne(run.Started.RunId, request.ValueStream, request.Model);
            await context.Publish(run.Started);
            await context.Publish(run.Request);
            return;
        }
        var pinned = registry.Pinned(request.RegistrySha256);
        var spent = context.ReceiveContext.ElapsedTime;
        await (await staging.StageAsync(request, runId, pinned, spent, context.CancellationToken) switch
        {
            StageOutcome.Staged(var message) => context.Publish(message),
            StageOutcome.Refused(var message) => context.Publish(message),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        });
    }
}
