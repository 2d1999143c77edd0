using Benchmark.Contracts;
using Benchmark.Hosting;
using MassTransit;

namespace Benchmark.Publisher;

/// <summary>
/// Consumes ModelValidated, swaps the data in, publishes ModelPublished or ModelPublishFailed. What was found unchanged
/// and is not any more goes back to be examined.
/// </summary>
internal sealed class PublishBenchmarkConsumer(AtomicSwap swap, Housekeeping housekeeping) : IConsumer<ModelValidated>
{
    public async Task Consume(ConsumeContext<ModelValidated> context)
    {
        var (message, isLastAttempt) = (context.Message, context.IsLastAttempt());
        // On its own thread, because the swap waits for fsync and hashes whole files. The thread pool is small and also
        // serves the broker's heartbeats; on it, publishing took three times as long.
        var refresh = await Task.Factory.StartNew(
            () => swap.Publish(message, isLastAttempt), TaskCreationOptions.LongRunning);
        switch (refresh)
        {
            case null:
                if (await Task.Factory.StartNew(() => swap.StageAgain(message), TaskCreationOptions.LongRunning)
                    is { } again)
                    await context.Publish(again);
                return;
            case { IsRefreshed: false }:
                await context.Publish(new ModelPublishFailed { RunId = message.RunId, Refresh = refresh });
                return;
        }
        await context.Publish(new ModelPublished { RunId = message.RunId, Refresh = refresh });
        // Only now, because until the outcome is announced, a redelivery needs the staged files.
        await Task.Factory.StartNew(() => housekeeping.CleanUp(message, refresh), TaskCreationOptions.LongRunning);
    }
}
