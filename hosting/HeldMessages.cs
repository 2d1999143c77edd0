using Benchmark.Hosting.Broker;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Hosting;

/// <summary>Leaves messages in their queue while this process lacks what it needs to do what they ask for.</summary>
public static class HeldMessages
{
    /// <summary>
    /// Stops taking messages from a queue while there is a problem that lasts, and says so in the log each minute. What
    /// was received by then goes back, so that another process, which may lack nothing, gets it. Does nothing for a bus
    /// in memory, which cannot take a message back.
    /// </summary>
    /// <param name="endpoint">The queue.</param>
    /// <param name="context">The process.</param>
    /// <param name="problem">What is missing and what to do; null when nothing is. Asked once a second at most. An
    /// <see cref="IOException"/> is a problem, too.</param>
    public static void HoldWhile(
        this IReceiveEndpointConfigurator endpoint, IRegistrationContext context, Func<string?> problem)
    {
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator)
            return;
        var hold = new Hold(
            problem, context.GetRequiredService<ConsumedEndpoints>(),
            context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping,
            context.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HeldMessages).FullName!));
        endpoint.ConnectReceiveEndpointObserver(hold);
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(hold));
    }

    private sealed class Hold(
        Func<string?> problem, ConsumedEndpoints endpoints, CancellationToken stopping, ILogger logger)
        : IFilter<ReceiveContext>, IReceiveEndpointObserver
    {
        private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan s_repeat = TimeSpan.FromMinutes(1);

        // Stopping a queue cancels what is under way, such as a fetch of hours; so a short problem is waited out.
        private static readonly TimeSpan s_blip = TimeSpan.FromSeconds(10);

        // What is under way is cancelled after 20 s; what does not end then may never.
        private static readonly TimeSpan s_stop = TimeSpan.FromMinutes(1);

        private readonly SemaphoreSlim _looking = new(1);
        private readonly Lock _changing = new();
        private readonly TaskCompletionSource<IReceiveEndpoint> _endpoint =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task _over = Task.CompletedTask;
        private long? _complete;

        public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
        {
            // Cancelled by the stop, it goes back.
            while (!await LacksNothingAsync(context.CancellationToken))
                await Begin().WaitAsync(context.CancellationToken);
            await next.Send(context);
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope("hold");

        public Task Ready(ReceiveEndpointReady ready)
        {
            _endpoint.TrySetResult(ready.ReceiveEndpoint);
            return Task.CompletedTask;
        }

        public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

        public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

        public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

        // For a second, because each look may be a round trip to a file server, and hundreds of messages come at once.
        private async Task<bool> LacksNothingAsync(CancellationToken ct)
        {
            await _looking.WaitAsync(ct);
            try
            {
                if (_complete is { } seen && TimeProvider.System.GetElapsedTime(seen) < s_look)
                    return true;
                _complete = await ProblemAsync() is null ? TimeProvider.System.GetTimestamp() : null;
                return _complete is not null;
            }
            finally
            {
                _looking.Release();
            }
        }

        private Task Begin()
        {
            lock (_changing)
                return _over.IsCompleted ? _over = HoldAsync() : _over;
        }

        // Whoever waits for it has its exception.
        private async Task HoldAsync()
        {
            var endpoint = await _endpoint.Task.WaitAsync(stopping);
            if (await IsBlipAsync())
                return;
            var queue = endpoint.InputAddress.AbsolutePath.Split('/')[^1];
            endpoints.Hold(endpoint.InputAddress);
            try
            {
                var stopped = endpoint.Stop(CancellationToken.None);
                await UntilThereIsNoneAsync(queue);
                await stopped.WaitAsync(s_stop, stopping);
                _ = endpoint.Start(CancellationToken.None);
            }
            finally
            {
                // A queue that could not be started again is then seen to have no consumer, which ends the process.
                endpoints.Release(endpoint.InputAddress);
            }
            logger.TakenAgain(queue);
        }

        private async Task<bool> IsBlipAsync()
        {
            var began = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(began) < s_blip)
            {
                await Task.Delay(s_look, stopping);
                if (await ProblemAsync() is null)
                    return true;
            }
            return false;
        }

        private async Task UntilThereIsNoneAsync(string queue)
        {
            long? told = null;
            while (await ProblemAsync() is { } reason)
            {
                if (told is null || TimeProvider.System.GetElapsedTime(told.Value) > s_repeat)
                {
                    logger.Held(queue, reason);
                    told = TimeProvider.System.GetTimestamp();
                }
                await Task.Delay(s_look, stopping);
            }
        }

        // On its own thread: a file server that is away holds it up for minutes.
        private Task<string?> ProblemAsync() => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return problem();
                }
                catch (IOException e)
                {
                    return e.Message;
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
