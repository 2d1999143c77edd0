using System.CommandLine;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting;
using Benchmark.Notifier.Pages;
using Benchmark.Scheduler;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli;

/// <summary><c>benchmark up</c>: all services in one process, the Scheduler included.</summary>
internal static class UpCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "up", "Run all services in this process until it is stopped; the Scheduler starts the runs that are due.");
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        await VolumeProbe.PrepareAsync(invocation, ct);
        await using var app = ServiceHost.Build("benchmark", invocation.Configuration, builder =>
        {
            builder.AddPages();
            builder.AddScheduler();
            builder.AddRefreshing();
        });

        // Read before anything starts, so that an invalid registry ends the command instead of being logged.
        var registry = app.Services.GetRequiredService<IRegistry>().Current;
        await app.StartAsync(ct);
        if (PagesService.AddressOf(app.Services) is { } pages)
            invocation.Terminal.Note($"Pages: {pages}");
        invocation.Terminal.Note(
            $"{Format.Models(registry.Models.Count)}; health on {string.Join(", ", app.Urls)}; stop with Ctrl+C.");
        await app.WaitForShutdownAsync(ct);
        return Environment.ExitCode;
    }
}
