using Benchmark.Hosting.Broker;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmark.Hosting;

/// <summary>Leaves messages in their queue while this process lacks what it needs to do what they ask for.</summary>
public static class HeldMessages
{
    /// <summary>
    /// Stops taking messages from a queue when there is a problem, says so in the log each minute, and goes on when
    /// there is none. What was received by then goes back, so that another process, which may lack nothing, gets it.
    /// Does nothing for a bus in memory, which cannot take a message back.
    /// </summary>
    /// <param name="endpoint">The queue.</param>
    /// <param name="context">The process.</param>
    /// <param name="problem">What is missing and what to do; null when nothing is. Asked once a second at most. An
    /// <see cref="IOException"/> is a failure of what the message asks for.</param>
    public static void HoldWhile(
        this IReceiveEndpointConfigurator endpoint, IRegistrationContext context, Func<string?> problem)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator)
            return;
        var hold = new Hold(
            problem, context.GetRequiredService<ConsumedEndpoints>(),
            context.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HeldMessages).FullName!));
        endpoint.ConnectReceiveEndpointObserver(hold);
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(hold));
    }

    private sealed class Hold(Func<string?> problem, ConsumedEndpoints endpoints, ILogger logger)
        : IFilter<ReceiveContext>, IReceiveEndpointObserver
    {
        private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan s_repeat = TimeSpan.FromMinutes(1);

        private readonly Lock _changing = new();
        private Task _over = Task.CompletedTask;
        private IReceiveEndpoint? _endpoint;
        private long _complete;

        public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
        {
            // Cancelled by the stop, it goes back.
            while (!LacksNothing())
                await Begin().WaitAsync(context.CancellationToken);
            await next.Send(context);
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("hold");

        public Task Ready(ReceiveEndpointReady ready)
        {
            _endpoint = ready.ReceiveEndpoint;
            return Task.CompletedTask;
        }

        public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

        public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

        public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

        // For a second, because each look may be a round trip to a file server, and hundreds of messages come at once.
        private bool LacksNothing()
        {
            var seen = Volatile.Read(ref _complete);
            if (seen != 0 && TimeProvider.System.GetElapsedTime(seen) < s_look)
                return true;
            if (problem() is not null)
                return false;
            Volatile.Write(ref _complete, TimeProvider.System.GetTimestamp());
            return true;
        }

        private Task Begin()
        {
            lock (_changing)
                return _over.IsCompleted ? _over = HoldAsync(_endpoint!) : _over;
        }

        // Whoever waits for it has its exception.
        private async Task HoldAsync(IReceiveEndpoint endpoint)
        {
            var queue = endpoint.InputAddress.AbsolutePath.Split('/')[^1];
            endpoints.Hold(endpoint.InputAddress);
            try
            {
                var stopping = endpoint.Stop(CancellationToken.None);
                await UntilThereIsNoneAsync(queue);
                await stopping;
                _ = endpoint.Start(CancellationToken.None);
            }
            finally
            {
                // A queue that could not be started again is then seen to have no consumer, which ends the process.
                endpoints.Release(endpoint.InputAddress);
            }
            logger.TakenAgain(queue);
        }

        private async Task UntilThereIsNoneAsync(string queue)
        {
            long? told = null;
            while (Problem() is { } reason)
            {
                if (told is null || TimeProvider.System.GetElapsedTime(told.Value) > s_repeat)
                {
                    logger.Held(queue, reason);
                    told = TimeProvider.System.GetTimestamp();
                }
                await Task.Delay(s_look);
            }
        }

        private string? Problem()
        {
            try
            {
                return problem();
            }
            catch (IOException e)
            {
                return e.Message;
            }
        }
    }
}
