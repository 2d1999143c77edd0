using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[Collection(nameof(Broker))]
public sealed class Delivering_in_vain(Broker broker) : IAsyncLifetime
{
    // RabbitMQ 4 drops a message of a quorum queue after 20 unless told otherwise.
    private const int Often = 25;

    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.CreateAsync(broker.Server);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData("Fetcher")]
    [InlineData("Validator")]
    [InlineData("Publisher")]
    [InlineData("Notifier")]
    public async Task A_message_that_was_set_aside_can_be_looked_at_for_ever(string service)
    {
        _site.Registers("a: {table: a}");
        var queue = service.ToLowerInvariant();
        await _site.StartAsync(service);
        await _site.Server.Management.PublishAsync(_site.VirtualHost, queue, "no JSON");
        await Site.UntilAsync("the message is set aside", async () =>
            await _site.Server.Management.GetAsync($"queues/{_site.VirtualHost}/{queue}_error") is not null
            && await _site.Server.Management.CountAsync(_site.VirtualHost, $"{queue}_error") == 1);

        await LookAsync($"{queue}_error");

        (await _site.Server.Management.CountAsync(_site.VirtualHost, $"{queue}_error")).Should().Be(1);
        foreach (var name in new[] { queue, $"{queue}_error" })
            (await DeliveryLimitAsync(name))
                .Should().BeGreaterThan(1_000_000, "4.0 and later have a limit unless {0} says so", name);
    }

    // As the dashboard's 'Get messages' with 'Nack message requeue true': the broker counts a delivery each time.
    private async Task LookAsync(string queue)
    {
        for (var look = 0; look < Often; look++)
            await _site.Server.Management.GetAsync(_site.VirtualHost, queue, count: 1);
    }

    private async Task<long> DeliveryLimitAsync(string queue) =>
        (await _site.Server.Management.GetAsync($"queues/{_site.VirtualHost}/{queue}"))!
            ["arguments"]!["x-delivery-limit"]?.GetValue<long>() ?? 0;
}
