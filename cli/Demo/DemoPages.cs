using Benchmark.Notifier.Pages;

namespace Benchmark.Cli.Demo;

/// <summary>The pages of the demo, until Ctrl+C.</summary>
internal static class DemoPages
{
    /// <exception cref="IOException">Something else listens there; the message says how to name another
    /// address.</exception>
    public static async Task ServeAsync(Invocation invocation, CancellationToken ct)
    {
        using var host = OneProcess.Create(invocation, builder => builder.AddPages());
        await host.StartAsync(ct);
        invocation.Terminal.Note($"Pages: {PagesService.AddressOf(host.Services)}; stop with Ctrl+C.");
        try
        {
            await Task.Delay(Timeout.Infinite, ct);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how it is meant to end.
        }
        await host.StopAsync(CancellationToken.None);
    }
}
