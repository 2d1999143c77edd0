using Benchmark.Contracts;
using MassTransit;

namespace Benchmark.Publisher.Requests;

/// <summary>Consumes PruneVersions: removes what retention does not keep, as after a publication.</summary>
internal sealed class PruneConsumer(Housekeeping housekeeping) : IConsumer<PruneVersions>
{
    public Task Consume(ConsumeContext<PruneVersions> context)
    {
        var name = new ModelKey { ValueStream = context.Message.ValueStream, Model = context.Message.Model };
        // On its own thread, because removing large files takes long on a network volume.
        return Task.Factory.StartNew(() => housekeeping.RemoveOldVersions(name), TaskCreationOptions.LongRunning);
    }
}
