using Benchmark.Contracts;
using MassTransit;

namespace Benchmark.Publisher.Requests;

/// <summary>Consumes PinVersion: makes the file beside the version that retention looks for, or removes it.</summary>
internal sealed class PinConsumer(Pins pins) : IConsumer<PinVersion>
{
    public Task Consume(ConsumeContext<PinVersion> context)
    {
        pins.Set(context.Message);
        return Task.CompletedTask;
    }
}
