using Benchmark.Contracts.Registry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Contracts.Tests;

public sealed class Waiting_for_a_registry : IDisposable
{
    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Starts_nothing_that_comes_after_it_until_the_registry_can_be_read()
    {
        var file = _folder.Write("models.yaml", "version: 1\nvalue_streems: {}\n");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [
                new("Registry:Path", file), new("Registry:PollInterval", "00:00:01"),
                new("Volume:Root", Path.GetDirectoryName(file)),
            ]);
        builder.AddContractsOfConsumer();
        var bus = new StandIn();
        builder.Services.AddSingleton<IHostedService>(bus);
        using var host = builder.Build();

        var start = host.StartAsync();
        var startedEarly = bus.Started;
        _folder.Write("models.yaml", """
            version: 1
            sources: {w: {kind: duckdb, connection: "Data Source=:memory:"}}
            defaults: {source: w, notify: {email: [team@bank.example]}}
            value_streams: {vs: {models: {m: {table: t}}}}

            """);
        await start;

        startedEarly.Should().BeFalse();
        bus.Started.Should().BeTrue();
        host.Services.GetRequiredService<IRegistry>().Current.Models.Should().NotBeEmpty();
        await host.StopAsync();
    }

    private sealed class StandIn : IHostedLifecycleService
    {
        public bool Started { get; private set; }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken)
        {
            Started = true;
            return Task.CompletedTask;
        }

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
