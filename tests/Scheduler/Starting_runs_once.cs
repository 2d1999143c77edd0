using System.Net;
using System.Net.Sockets;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Scheduler.Tests;

/// <summary><c>--once</c>, as a CronJob runs it.</summary>
public sealed class Starting_runs_once : IDisposable
{
    private readonly TempVolume _volume = new();

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Needs_no_free_port()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        Installation.Make(_volume.Layout);
        string[] args = ["--once", "--urls", $"http://{taken.LocalEndpoint}"];

        await using var app = ServiceHost.Build(
            "scheduler", new ConfigurationBuilder().AddPlainSettings([.. args, "--broker="]).Build(), builder =>
            {
                builder.Services.AddSingleton<IRegistry>(new FixedRegistry(Models.Named("vs", "a")));
                builder.Services.AddSingleton(_volume.Layout);
                builder.Services.AddSingleton(TimeProvider.System);
                builder.AddScheduler();
            });
        await app.RunAsync();

        new SlotMemory(_volume.Layout).Load().Should().ContainSingle("the slot was due");
    }
}
