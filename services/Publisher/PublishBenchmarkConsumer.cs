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
        var refresh = await Task.Factory.StartNew(() => swap.Publish(message), TaskCreationOptions.LongRunning);
        if (!refresh.IsRefreshed)
        {
            await context.Publish(new ModelPublishFailed { RunId = message.RunId, Refresh = refresh });
            return;
        }
        await context.Publish(new ModelPublished { RunId = message.RunId, Refresh = refresh });
        // Only now: as long as nothing is announced, a redelivery needs what is staged.
        await Task.Factory.StartNew(() => housekeeping.Tidy(message), TaskCreationOptions.LongRunning);
    }
}
