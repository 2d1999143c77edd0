using Benchmark.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Validator;

/// <summary>Consumes ModelStaged, checks the staged data, publishes ModelValidated or ModelRejected.</summary>
internal sealed class ValidateStagedConsumer(
    Examination examination, TimeProvider time, ILogger<ValidateStagedConsumer> logger) : IConsumer<ModelStaged>
{
    public async Task Consume(ConsumeContext<ModelStaged> context)
    {
        var staged = context.Message;
        var started = time.GetTimestamp();
        switch (examination.Examine(staged, context.CancellationToken))
        {
            case Verdict.Accepted accepted:
                await context.Publish(accepted.Announce(staged));
                logger.Accepted(staged, accepted.Report, time.GetElapsedTime(started));
                break;
            case Verdict.Rejected rejected:
                var announced = rejected.Announce(staged);
                await context.Publish(announced);
                logger.Rejected(staged, announced, time.GetElapsedTime(started));
                break;
            case Verdict.AlreadySettled(var version):
                logger.AlreadySettled(staged.ValueStream, staged.Model, staged.RunId, version);
                break;
        }
    }
}
