using System.CommandLine;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting;
using Benchmark.Scheduler;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli;

/// <summary><c>benchmark up</c>: all services in one process, with the Scheduler's clock.</summary>
internal static class UpCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("up", "Run all services in this process until it is stopped; the Scheduler keeps the clock.");
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        VolumeProbe.Require(invocation.Volume);
        await StateProbe.RequireAsync(invocation, ct);
        await using var app = ServiceHost.Build("benchmark", invocation.Configuration, builder =>
        {
            builder.AddScheduler();
            builder.AddRefreshing();
        });

        // Before anything runs: a registry with problems is this command's answer, not a line in the log.
        var registry = app.Services.GetRequiredService<IRegistry>().Current;
        await app.StartAsync(ct);
        invocation.Terminal.Note(
            $"{Text.Models(registry.Models.Count)}; health on {string.Join(", ", app.Urls)}; stop with Ctrl+C.");
        await app.WaitForShutdownAsync(ct);
        return Environment.ExitCode;
    }
}
