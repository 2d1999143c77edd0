using Benchmark.Fetcher;
using Benchmark.Hosting;
using Benchmark.Notifier;
using Benchmark.Publisher;
using Benchmark.Scheduler;
using Benchmark.Validator;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli;

/// <summary>All services in this process, on an in-memory bus, for as long as one command takes.</summary>
internal static class OneProcess
{
    /// <summary>The host of one command: no schedules, logs in a file, Ctrl+C left to the command.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="add">Adds what this command has besides.</param>
    public static IHost Create(Invocation invocation, Action<IHostApplicationBuilder>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfiguration(invocation.Configuration);
        // A person waits for the report, so sweep often.
        builder.Configuration["Notifier:SweepInterval"] = "00:00:00.2";
        // That takes long, and nobody has asked for it.
        builder.Configuration["Notifier:VerifyEvery"] = "00:00:00";
        builder.AddFileLogs("benchmark", LogFile(invocation));
        builder.AddTelemetry("benchmark");
        add?.Invoke(builder);
        builder.AddRunStarter();
        builder.AddRefreshing();
        builder.AddBus();
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        // A person who pressed Ctrl+C does not wait 20 s for a fetch.
        builder.Services.Configure<MassTransitHostOptions>(
            options => options.ConsumerStopTimeout = TimeSpan.FromSeconds(1));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        return builder.Build();
    }

    /// <summary>The services between a <c>RefreshModel</c> and the report.</summary>
    public static void AddRefreshing(this IHostApplicationBuilder builder)
    {
        builder.AddFetcher();
        builder.AddValidator();
        builder.AddPublisher();
        builder.AddNotifier();
    }

    public static string LogFile(Invocation invocation) =>
        Path.Combine(invocation.StateDirectory, "logs", "benchmark.log");

    private sealed class CommandLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
