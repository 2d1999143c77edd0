using Benchmark.Contracts;
using MassTransit;

namespace Benchmark.Publisher;

/// <summary>Consumes ModelValidated, swaps the data in, publishes ModelPublished or ModelPublishFailed.</summary>
internal sealed class PublishBenchmarkConsumer(AtomicSwap swap, Housekeeping housekeeping) : IConsumer<ModelValidated>
{
    public async Task Consume(ConsumeContext<ModelValidated> context)
    {
        var message = context.Message;
        // On a thread of its own: the swap waits for the disk (fsync) and hashes whole files. The pool has as many
        // threads as cores and other work, the broker's heartbeats too; on it, the same took three times as long.
        var result = await Task.Factory.StartNew(() => swap.Publish(message), TaskCreationOptions.LongRunning);
        switch (result)
        {
            case SwapResult.Served served:
                await context.Publish(served.Announce(message));
                // Only now: as long as nothing is announced, a redelivery needs what is staged.
                await Task.Factory.StartNew(() => housekeeping.Tidy(message), TaskCreationOptions.LongRunning);
                break;
            case SwapResult.Refused refused:
                await context.Publish(refused.Announce(message));
                break;
        }
    }
}
