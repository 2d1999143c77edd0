using System.Net;
using System.Net.Sockets;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Hosting.Tests;

/// <summary>
/// MassTransit reports its use to its makers unless told not to. What would leave the machine goes to a proxy here.
/// </summary>
public sealed class Telling_nobody_of_its_use : IDisposable
{
    private readonly TcpListener _proxy = new(IPAddress.Loopback, 0);
    private readonly IWebProxy _before = HttpClient.DefaultProxy;

    public Telling_nobody_of_its_use()
    {
        _proxy.Start();
        // Other tests talk to themselves meanwhile: not through here.
        HttpClient.DefaultProxy = new WebProxy($"http://{_proxy.LocalEndpoint}", BypassOnLocal: true);
    }

    public void Dispose()
    {
        HttpClient.DefaultProxy = _before;
        _proxy.Dispose();
    }

    [Fact]
    public async Task A_bus_that_starts_and_stops_sends_nothing_out()
    {
        for (var i = 0; i < 10 && !_proxy.Pending(); i++)
            await RunAsync(_ => { });
        var asIs = _proxy.Pending();
        // It would, if it were not told not to: else there was nothing to see. More than once, because a bus that is
        // stopped before it has planned its report sends none.
        while (!_proxy.Pending())
            await RunAsync(options => options.Enabled = true);

        asIs.Should().BeFalse();
    }

    private static async Task RunAsync(Action<UsageTelemetryOptions> change)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddConsumers(bus => bus.AddConsumer<Listener>());
        builder.AddBus();
        builder.Services.PostConfigure<UsageTelemetryOptions>(options =>
        {
            options.ReportOnShutdown = true;
            change(options);
        });
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }

    public sealed record Ping;

    private sealed class Listener : IConsumer<Ping>
    {
        public Task Consume(ConsumeContext<Ping> context) => Task.CompletedTask;
    }
}
