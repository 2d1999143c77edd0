using Benchmark.Contracts;
using Benchmark.Hosting;
using MassTransit;

namespace Benchmark.Publisher.Requests;

/// <summary>Carries out a request and announces what came of it.</summary>
internal static class Announcement
{
    public static async Task PublishAsync(
        ConsumeContext context, Guid runId, Func<bool, RefreshOutcome> publish, Housekeeping housekeeping)
    {
        var isLastAttempt = context.IsLastAttempt();
        // On its own thread, as PublishBenchmarkConsumer says.
        var refresh = await Task.Factory.StartNew(() => publish(isLastAttempt), TaskCreationOptions.LongRunning);
        if (!refresh.IsRefreshed)
        {
            await context.Publish(new ModelPublishFailed { RunId = runId, Refresh = refresh });
            return;
        }
        await context.Publish(new ModelPublished { RunId = runId, Refresh = refresh });
        await Task.Factory.StartNew(
            () => housekeeping.RemoveOldVersions(refresh.Name), TaskCreationOptions.LongRunning);
    }
}
