using Benchmark.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Benchmark.Validator;

/// <summary>Consumes ModelStaged, checks the staged data, publishes ModelValidated or ModelRejected.</summary>
internal sealed class ValidateStagedConsumer(Examination examination, ILogger<ValidateStagedConsumer> logger)
    : IConsumer<ModelStaged>
{
    public async Task Consume(ConsumeContext<ModelStaged> context)
    {
        var staged = context.Message;
        switch (examination.Of(staged, context.CancellationToken))
        {
            case Verdict.Accepted(var report):
                await context.Publish(Announce.Validated(staged, report));
                Log.Accepted(logger, staged, report);
                break;
            case Verdict.Rejected rejected:
                var announced = Announce.Rejected(staged, rejected);
                await context.Publish(announced);
                Log.Rejected(logger, staged, announced);
                break;
            case Verdict.SettledBefore(var version):
                Log.SettledBefore(logger, staged.ValueStream, staged.Model, staged.RunId, version);
                break;
        }
    }
}
