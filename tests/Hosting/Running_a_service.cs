using System.Net;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Hosting.Tests;

public sealed class Running_a_service
{
    [Fact]
    public async Task Refuses_to_run_alone_without_a_broker()
    {
        var exitCode = await ServiceHost.RunAsync("fetcher", ["--broker="], _ => { });

        exitCode.Should().Be(1);
    }

    [Fact]
    public async Task Refuses_an_option_that_it_does_not_know()
    {
        var exitCode = await ServiceHost.RunAsync("fetcher", ["--brokre", "amqp://127.0.0.1/"], _ => { });

        exitCode.Should().Be(1);
    }

    [Fact]
    public async Task Is_alive_but_not_ready_while_the_broker_is_down()
    {
        await using var app = Build(
            ["--broker", "amqp://guest:guest@127.0.0.1:1/"], builder =>
                builder.AddConsumers(bus => bus.AddConsumer<Listener>()));
        await app.StartAsync();
        using var client = ClientOf(app);

        var live = await client.GetAsync("/health/live");
        var ready = await client.GetAsync("/health/ready");

        live.StatusCode.Should().Be(HttpStatusCode.OK);
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Is_ready_when_its_bus_is_up()
    {
        await using var app = Build([], builder => builder.AddConsumers(bus => bus.AddConsumer<Listener>()));
        await app.StartAsync();
        using var client = ClientOf(app);

        var ready = await client.GetAsync("/health/ready");

        ready.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Serves_the_pages_that_its_services_add()
    {
        await using var app = Build([], builder =>
        {
            builder.AddEndpoints(routes => routes.MapGet("/runs", () => Results.Text("the runs")));
            builder.AddEndpoints(routes => routes.MapGet("/models", () => Results.Text("the models")));
        });
        await app.StartAsync();
        using var client = ClientOf(app);

        var runs = await client.GetStringAsync("/runs");
        var models = await client.GetStringAsync("/models");

        runs.Should().Be("the runs");
        models.Should().Be("the models");
    }

    [Fact]
    public async Task Stops_in_order_when_it_is_told_to_while_it_starts()
    {
        var exitCode = await ServiceHost.RunAsync(
            "fetcher", ["--broker=amqp://guest:guest@127.0.0.1:1/", "--urls=http://127.0.0.1:0"],
            builder => builder.Services.AddHostedService<ToldToStop>());

        exitCode.Should().Be(0);
    }

    private static WebApplication Build(string[] args, Action<IHostApplicationBuilder> add) => ServiceHost.Build(
        "fetcher", new ConfigurationBuilder().AddPlainSettings([.. args, "--urls=http://127.0.0.1:0"]).Build(), add);

    private static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.Single()) };

    public sealed record Ping;

    // As SIGTERM does that comes before the ports are open.
    private sealed class ToldToStop(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Listener : IConsumer<Ping>
    {
        public Task Consume(ConsumeContext<Ping> context) => Task.CompletedTask;
    }
}
