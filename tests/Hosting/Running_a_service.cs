using System.Net;
using MassTransit;

namespace Benchmark.Hosting.Tests;

public sealed class Running_a_service
{
    [Fact]
    public async Task Refuses_to_run_alone_without_a_broker()
    {
        var builder = ServiceHost.CreateBuilder([], "fetcher");
        builder.Configuration["RabbitMq:Uri"] = null;

        var exitCode = await builder.RunServiceAsync();

        exitCode.Should().Be(1);
    }

    [Fact(Timeout = 30_000)]
    public async Task Is_alive_but_not_ready_while_the_broker_is_down()
    {
        var builder = ServiceHost.CreateBuilder(["--broker", "amqp://guest:guest@127.0.0.1:1/"], "fetcher");
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.AddConsumers(bus => bus.AddConsumer<Listener>());
        builder.AddBus();
        await using var app = builder.Build();
        app.MapHealth();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        var live = await client.GetAsync("/health/live");
        var ready = await client.GetAsync("/health/ready");

        live.StatusCode.Should().Be(HttpStatusCode.OK);
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact(Timeout = 30_000)]
    public async Task Is_ready_when_its_bus_is_up()
    {
        var builder = ServiceHost.CreateBuilder([], "fetcher");
        builder.Configuration["RabbitMq:Uri"] = null;
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.AddConsumers(bus => bus.AddConsumer<Listener>());
        builder.AddBus();
        await using var app = builder.Build();
        app.MapHealth();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        var ready = await client.GetAsync("/health/ready");

        ready.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    public sealed record Ping;

    private sealed class Listener : IConsumer<Ping>
    {
        public Task Consume(ConsumeContext<Ping> context) => Task.CompletedTask;
    }
}
