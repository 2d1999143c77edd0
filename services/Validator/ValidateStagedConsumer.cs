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
                var validated = Announce.Validated(staged, report);
                await context.Publish(validated);
                Log.Accepted(
                    logger, staged.ValueStream, staged.Model, staged.RunId, staged.Attempt, report.Checks.Count, validated.Warnings);
                break;
            case Verdict.Rejected rejected:
                var message = Announce.Rejected(staged, rejected);
                await context.Publish(message);
                Log.Rejected(
                    logger, staged.ValueStream, staged.Model, staged.RunId, staged.Attempt, message.Rows, message.Reasons);
                break;
            case Verdict.PublishedBefore(var version):
                Log.PublishedBefore(logger, staged.ValueStream, staged.Model, staged.RunId, version);
                break;
        }
    }
}
