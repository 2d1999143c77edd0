using System.Net;
using Benchmark.Tests.Support;
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
        var exitCode = await ServiceHost.RunAsync("fetcher", 0, ["--broker="], _ => { });

        exitCode.Should().Be(1);
    }

    [Fact]
    public async Task Refuses_an_option_that_it_does_not_know()
    {
        var exitCode = await ServiceHost.RunAsync("fetcher", 0, ["--brokre", "amqp://127.0.0.1/"], _ => { });

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
        (await ready.Content.ReadAsStringAsync()).Should().StartWith(
            "Unhealthy\nbroker: The broker at 127.0.0.1:1/ refuses the connection: Connection refused. Start it, or ");
    }

    [Fact]
    public async Task Answers_for_its_health_while_it_waits_before_its_bus_starts()
    {
        await using var app = Build([], builder =>
        {
            builder.Services.AddHostedService<WaitsBeforeTheBus>();
            builder.AddConsumers(bus => bus.AddConsumer<Listener>());
        });
        var start = app.StartAsync();
        using var client = await UntilListeningAsync(app);

        var live = await client.GetAsync("/health/live");
        var busBefore = app.Services.GetRequiredService<IBusControl>().CheckHealth().Status;
        app.Services.GetServices<IHostedService>().OfType<WaitsBeforeTheBus>().Single().GoOn();
        await start;

        live.StatusCode.Should().Be(HttpStatusCode.OK);
        busBefore.Should().Be(BusHealthStatus.Unhealthy);
        app.Services.GetRequiredService<IBusControl>().CheckHealth().Status.Should().Be(BusHealthStatus.Healthy);
    }

    [Fact]
    public async Task Listens_where_it_is_told_to_and_else_on_its_own_port()
    {
        var (own, told) = (FreePort.Find(), FreePort.Find());
        await using var byDefault = ServiceHost.Build("fetcher", new ConfigurationBuilder().Build(), _ => { }, own);
        await using var asTold = ServiceHost.Build(
            "fetcher", new ConfigurationBuilder().AddPlainSettings([$"--urls=http://127.0.0.1:{told}"]).Build(),
            _ => { }, own);

        await byDefault.StartAsync();
        await asTold.StartAsync();

        byDefault.Urls.Should().Equal($"http://localhost:{own}");
        asTold.Urls.Should().Equal($"http://127.0.0.1:{told}");
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
            "fetcher", 0, ["--broker=amqp://guest:guest@127.0.0.1:1/", "--urls=http://127.0.0.1:0"],
            builder => builder.Services.AddHostedService<ToldToStop>());

        exitCode.Should().Be(0);
    }

    private static WebApplication Build(string[] args, Action<IHostApplicationBuilder> add) => ServiceHost.Build(
        "fetcher", new ConfigurationBuilder().AddPlainSettings([.. args, "--urls=http://127.0.0.1:0"]).Build(), add);

    private static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.Single()) };

    private static async Task<HttpClient> UntilListeningAsync(WebApplication app)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (app.Urls.Any(url => url.EndsWith(":0", StringComparison.Ordinal)) || app.Urls.Count == 0)
            await timer.WaitForNextTickAsync();
        return ClientOf(app);
    }

    public sealed record Ping;

    private sealed class WaitsBeforeTheBus : IHostedLifecycleService
    {
        private readonly TaskCompletionSource _goOn = new();

        public void GoOn() => _goOn.SetResult();

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => _goOn.Task.WaitAsync(cancellationToken);

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

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
