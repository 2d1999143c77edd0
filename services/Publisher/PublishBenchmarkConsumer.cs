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
        await (result is SwapResult.Served served
            ? context.Publish(Published(message, served))
            : context.Publish(Failed(message, (SwapResult.Refused)result)));
        // Only now: as long as nothing is announced, a redelivery needs what is staged.
        if (result is SwapResult.Served)
            await Task.Factory.StartNew(() => housekeeping.Tidy(message), TaskCreationOptions.LongRunning);
    }

    private static ModelPublished Published(ModelValidated message, SwapResult.Served served) => new()
    {
        RunId = message.RunId,
        ValueStream = message.ValueStream,
        Model = message.Model,
        Outcome = served.Outcome,
        Version = served.Version.Version,
        Rows = served.Version.Rows,
        Bytes = served.Version.Bytes,
        Warnings = message.Warnings,
        WorstDrift = served.WorstDrift,
    };

    private static ModelPublishFailed Failed(ModelValidated message, SwapResult.Refused refused) => new()
    {
        RunId = message.RunId,
        ValueStream = message.ValueStream,
        Model = message.Model,
        Reason = refused.Reason,
        Hint = refused.Hint,
    };
}
