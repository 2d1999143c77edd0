using Benchmark.Contracts;
using Benchmark.Hosting.Broker;
using Benchmark.Publisher;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Cli.Versions;

/// <summary>
/// A message to the Publisher that is no run: the one on the broker, or one in this process. The command sees on the
/// volume that it is done.
/// </summary>
internal static class PublisherRequest
{
    private static readonly TimeSpan s_queueWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Publishes the messages and waits until the volume shows that they are done.</summary>
    /// <exception cref="BrokerException">The broker refuses the connection, or lacks the queue.</exception>
    /// <exception cref="InfrastructureException">It was not done in time.</exception>
    public static async Task SendAsync<T>(
        Invocation invocation, IReadOnlyList<T> messages, Func<bool> isDone, TimeSpan patience, CancellationToken ct)
        where T : class
    {
        // On a broker it is the Publisher that writes, and this user may be one who only reads.
        if (invocation.HasBroker)
            VolumeProbe.RequireRoot(invocation.Volume);
        else
            VolumeProbe.Require(invocation.Volume);
        // Before the bus starts, because the bus retries a failed connection forever without an error.
        await BrokerProbe.RequireAsync(invocation.Configuration, [Queues.Publisher], s_queueWait, ct);
        using var host = CommandHost.Create(invocation, builder =>
        {
            if (!invocation.HasBroker)
                builder.AddPublisher();
        });
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(patience);
        try
        {
            await host.StartAsync(inTime.Token);
            foreach (var message in messages)
                await host.Services.GetRequiredService<IBus>().Publish(message, inTime.Token);
            using var timer = new PeriodicTimer(s_pollInterval);
            while (!isDone())
                await timer.WaitForNextTickAsync(inTime.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new InfrastructureException(
                $"The volume does not show it after {patience.TotalSeconds:0} s. "
                + (invocation.HasBroker
                    ? $"Look at the Publisher's log, and at the queues {Queues.Publisher} and "
                    + $"{Queues.Publisher}_error; it may still be done."
                    : $"See {OneProcess.LogFile(invocation)}."));
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}
