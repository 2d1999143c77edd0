using Benchmark.Contracts;
using Benchmark.Hosting;
using Benchmark.Tests.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[Collection(nameof(Broker))]
public sealed class Publishing_on_a_broker(Broker broker) : IAsyncLifetime
{
    private string _virtualHost = null!;

    public async Task InitializeAsync() => _virtualHost = await broker.Server.Management.AddVirtualHostAsync();

    public async Task DisposeAsync() => await broker.Server.Management.DeleteAsync($"vhosts/{_virtualHost}");

    [Fact]
    public async Task Refuses_a_message_that_no_queue_would_get()
    {
        using var host = await StartAsync(broker.Server.Address(_virtualHost), _ => { });

        var publish = () => Publish(host, new CloseRun { RunId = Guid.NewGuid(), Reason = "a test" });

        await publish.Should().ThrowAsync<MessageReturnedException>();
    }

    [Fact]
    public async Task Lets_a_message_go_that_nobody_need_hear()
    {
        using var host = await StartAsync(
            broker.Server.Address(_virtualHost), builder => builder.AllowNoConsumer<RunClosed>());

        var publish = () =>
            Publish(
                host,
                new RunClosed { RunId = Guid.NewGuid(), State = RunState.Completed, ClosedAt = DateTimeOffset.UtcNow });

        await publish.Should().NotThrowAsync();
    }

    [Fact(Timeout = 180_000)]
    public async Task A_consumer_that_may_not_write_gets_an_error_and_keeps_its_message_until_it_may()
    {
        await AllowAsync(write: "^trial|:CloseRun");
        var answer = new Answer();
        using var host = await StartAsync(broker.Server.Address(_virtualHost, "mute", "secret"), builder =>
        {
            builder.Services.AddSingleton(answer);
            builder.AllowNoConsumer<RunClosed>();
            builder.AddConsumers(bus => bus.AddConsumer<Answering>().Endpoint(endpoint => endpoint.Name = "trial"));
        });

        await Publish(host, new CloseRun { RunId = Guid.NewGuid(), Reason = "a test" });
        var problem = await answer.Problem.Task;
        await AllowAsync(write: ".*");
        await answer.Sent.Task;

        problem.Should().BeOfType<TimeoutException>()
            .Which.Message.Should().Contain("did not confirm Benchmark.Contracts.RunClosed within 20 s").And.Contain(
                "may write");
        (await broker.Server.Management.CountAsync(_virtualHost, "trial_error")).Should().BeNull();

        Task AllowAsync(string write) =>
            broker.Server.Management.AddUserAsync("mute", "secret", _virtualHost, write: write);
    }

    [Fact]
    public async Task Tells_the_dashboard_who_is_who()
    {
        using var host = await StartAsync(
            broker.Server.Address(_virtualHost), builder => builder.AllowNoConsumer<RunClosed>());

        await Publish(
            host,
            new RunClosed { RunId = Guid.NewGuid(), State = RunState.Completed, ClosedAt = DateTimeOffset.UtcNow });

        await Site.UntilAsync("the connection has its name", async () =>
            (await broker.Server.Management.GetAsync($"vhosts/{_virtualHost}/connections"))!.AsArray()
                .Any(
                    connection => connection!["client_properties"]?["connection_name"]?.GetValue<string>() == "trial"));
    }

    private static async Task<IHost> StartAsync(Uri address, Action<IHostApplicationBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["RabbitMq:Uri"] = address.OriginalString;
        add(builder);
        builder.AddBus("trial");
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(20));
        return host;
    }

    private static Task Publish<T>(IHost host, T message)
        where T : class =>
        host.Services.GetRequiredService<IBus>().Publish(message);

    private sealed class Answer
    {
        public TaskCompletionSource<Exception> Problem { get; } = new();

        public TaskCompletionSource Sent { get; } = new();
    }

    private sealed class Answering(Answer answer) : IConsumer<CloseRun>
    {
        public async Task Consume(ConsumeContext<CloseRun> context)
        {
            try
            {
                await context.Publish(
                    new RunClosed
                    {
                        RunId = context.Message.RunId,
                        State = RunState.Completed,
                        ClosedAt = DateTimeOffset.UtcNow
                    });
                answer.Sent.TrySetResult();
            }
            catch (Exception e)
            {
                answer.Problem.TrySetResult(e);
                throw;
            }
        }
    }
}
