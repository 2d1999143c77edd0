using System.Text;
using Benchmark.Tests.Support;
using RabbitMQ.Client;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[Collection(nameof(Broker))]
public sealed class Mending_errors(Broker broker) : IAsyncLifetime
{
    // Names a path that leads out of the volume, so that every service gives up at once.
    private const string Hopeless = """{"valueStream":"vs","model":"a","force":"not a bool"}""";

    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.CreateAsync(broker.Server);
        _site.Warehousing("create table a as select 1 as id");
        _site.Registers("a: {table: a}");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact(Timeout = 240_000)]
    public async Task Shows_what_waits_and_why_and_loses_nothing()
    {
        await SetAsideAsync(3);

        var errors = await _site.BenchmarkAsync("errors", "--json");
        var again = await _site.BenchmarkAsync("errors");

        errors.ExitCode.Should().Be(0, errors.Error);
        var messages = System.Text.Json.JsonDocument.Parse(errors.Output).RootElement.EnumerateArray().ToList();
        messages.Should().HaveCount(3);
        messages.Should().AllSatisfy(message =>
        {
            message.GetProperty("queue").GetString().Should().Be("fetcher");
            message.GetProperty("message").GetString().Should().Be("RefreshModel");
            message.GetProperty("value_stream").GetString().Should().Be("vs");
            message.GetProperty("model").GetString().Should().Be("a");
            message.GetProperty("cause").GetString().Should().NotBeEmpty();
            message.GetProperty("failed_at").GetDateTimeOffset()
                .Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        });
        again.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(3);
        await HoldsAsync("fetcher_error", 3);
    }

    [Fact(Timeout = 240_000)]
    public async Task Sends_a_message_again_once_its_cause_is_mended()
    {
        var good = new { messageId = Guid.NewGuid(), content = """{"valueStream":"vs","model":"a"}""" };
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");
        // A volume that cannot be written: every retry fails, and the request waits.
        var volume = _site.OnVolume("vs");
        await File.WriteAllTextAsync(volume, "in the way");
        await broker.Server.Management.PublishAsync(
            _site.VirtualHost, "Benchmark.Contracts:RefreshModel", good.content);
        await UntilHoldsAsync("fetcher_error", 1);
        File.Delete(volume);

        var retry = await _site.BenchmarkAsync("errors", "retry", "--all");

        retry.ExitCode.Should().Be(0, retry.Error);
        retry.Error.Should().Contain("1 sent again.");
        await UntilHoldsAsync("fetcher_error", 0);
        await Site.UntilAsync("it is published", () => Task.FromResult(
            File.Exists(_site.OnVolume("vs/a/benchmark.csv"))));
    }

    [Fact(Timeout = 240_000)]
    public async Task Keeps_what_is_discarded_in_a_file_with_the_reason()
    {
        await SetAsideAsync(2);

        var refused = await _site.BenchmarkAsync("errors", "discard", "--all");
        var dry = await _site.BenchmarkAsync("errors", "discard", "--all", "--reason", "a typing error", "--dry-run");
        await HoldsAsync("fetcher_error", 2);
        var discard = await _site.BenchmarkAsync("errors", "discard", "--all", "--reason", "a typing error");

        refused.ExitCode.Should().Be(1);
        dry.Error.Should().Contain("2 would be discarded.");
        discard.ExitCode.Should().Be(0, discard.Error);
        await UntilHoldsAsync("fetcher_error", 0);
        var kept = Directory.GetFiles(_site.InDirectory("state/discarded"));
        kept.Should().HaveCount(2);
        (await File.ReadAllTextAsync(kept[0])).Should().Contain("a typing error")
            .And.Contain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Hopeless)));
    }

    [Fact(Timeout = 240_000)]
    public async Task Says_that_an_id_is_not_there()
    {
        await SetAsideAsync(1);

        var retry = await _site.BenchmarkAsync("errors", "retry", "ffffffff-none");

        retry.ExitCode.Should().Be(1);
        retry.Error.Should().Contain("No message 'ffffffff-none' waits in an _error queue. See: benchmark errors.");
        await HoldsAsync("fetcher_error", 1);
    }

    [Fact(Timeout = 240_000)]
    public async Task Refuses_the_beginning_of_several_ids_and_takes_a_whole_one()
    {
        (await _site.BenchmarkAsync("topology")).ExitCode.Should().Be(0);
        foreach (var id in new[] { "01000000-a", "01000000-ab", "01000000-b" })
            await broker.Server.Management.PublishAsync(
                _site.VirtualHost, "fetcher_error", Hopeless, new { message_id = id });

        var retry = await _site.BenchmarkAsync("errors", "retry", "01000000-b", "01000000-");
        var discard = await _site.BenchmarkAsync("errors", "discard", "01000000", "--reason", "a typing error");
        await HoldsAsync("fetcher_error", 3);
        var whole = await _site.BenchmarkAsync("errors", "discard", "01000000-a", "--reason", "a typing error");
        var nameless = await _site.BenchmarkAsync("errors", "discard", "", "--reason", "a typing error");

        foreach (var refused in new[] { retry, discard })
        {
            refused.ExitCode.Should().Be(1);
            refused.Error.Should().Contain("is the beginning of 3 ids").And.Contain("nothing is done")
                .And.Contain("01000000-ab\tRefreshModel\tvs/a").And.Contain("01000000-b\t");
        }
        whole.Error.Should().Contain("1 discarded.");
        nameless.ExitCode.Should().Be(1);
        await HoldsAsync("fetcher_error", 2);
    }

    [Fact(Timeout = 240_000)]
    public async Task Says_that_more_waits_than_it_shows()
    {
        (await _site.BenchmarkAsync("topology")).ExitCode.Should().Be(0);
        await using var connection = await new ConnectionFactory
        {
            Uri = broker.Server.Address(_site.VirtualHost),
        }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await Task.WhenAll(Enumerable.Range(0, 1_002).Select(i => channel.BasicPublishAsync(
            "fetcher_error", "", mandatory: true, new BasicProperties { MessageId = $"id-{i}" },
            Encoding.UTF8.GetBytes(Hopeless)).AsTask()));

        var errors = await _site.BenchmarkAsync("errors", "--json");
        var retry = await _site.BenchmarkAsync("errors", "retry", "id-1001");
        var discard = await _site.BenchmarkAsync("errors", "discard", "--all", "--reason", "a flood");

        System.Text.Json.JsonDocument.Parse(errors.Output).RootElement.GetArrayLength().Should().Be(1_000);
        errors.Error.Should().Contain("fetcher_error holds 1,002: the first 1,000 are shown.");
        retry.Error.Should().Contain("fetcher_error holds 1,002, of which the first 1,000 are looked at.");
        discard.Error.Should().Contain("1,000 discarded.").And.Contain("fetcher_error held 1,002")
            .And.Contain("run the command again");
        (await channel.QueueDeclarePassiveAsync("fetcher_error")).MessageCount.Should().Be(2);
    }

    private async Task SetAsideAsync(int messages)
    {
        await _site.StartAsync("Fetcher");
        for (var i = 0; i < messages; i++)
            await broker.Server.Management.PublishAsync(_site.VirtualHost, "fetcher", Hopeless);
        await UntilHoldsAsync("fetcher_error", messages);
    }

    private async Task HoldsAsync(string queue, int messages)
    {
        await UntilHoldsAsync(queue, messages);
        (await broker.Server.Management.CountAsync(_site.VirtualHost, queue)).Should().Be(messages);
    }

    private Task UntilHoldsAsync(string queue, int messages) => Site.UntilAsync(
        $"{queue} holds {messages}",
        async () => await broker.Server.Management.GetAsync($"queues/{_site.VirtualHost}/{queue}") is not null
            && await broker.Server.Management.CountAsync(_site.VirtualHost, queue) == messages,
        TimeSpan.FromMinutes(2));
}
