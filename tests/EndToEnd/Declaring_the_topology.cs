using System.Text.Json.Nodes;
using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

[NeedsRabbitMq]
[Collection(nameof(Broker))]
public sealed class Declaring_the_topology(Broker broker) : IAsyncLifetime
{
    private Site _site = null!;

    public async Task InitializeAsync() => _site = await Site.CreateAsync(broker.Server);

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Declares_what_the_definitions_say()
    {
        var dryRun = await _site.BenchmarkAsync("topology", "--dry-run", "--json");
        var before = await OnTheBrokerAsync();
        var first = await _site.BenchmarkAsync("topology", "--json");
        var second = await _site.BenchmarkAsync("topology");

        States(dryRun.Output).Should().AllBe("missing");
        before.Should().BeEmpty();
        first.ExitCode.Should().Be(0, first.Error);
        States(first.Output).Should().AllBe("declared");
        (await OnTheBrokerAsync()).Should().BeEquivalentTo(Entities(await DefinitionsAsync()));
        second.ExitCode.Should().Be(0, second.Error);
        second.Output.Should().Contain("queue fetcher there").And.Contain(
            "queue notifier_skipped there").And.NotContain("declared");
    }

    [Fact]
    public async Task The_services_find_imported_definitions_to_be_their_own()
    {
        var definitions = await DefinitionsAsync();
        await broker.Server.Management.PostAsync("definitions", definitions);
        _site.Warehousing("create table a as select range as id from range(100)");
        _site.Registers("a: {table: a}");
        var services = await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");

        await broker.Server.Management.PublishAsync(_site.VirtualHost, "fetcher", "no JSON");
        await broker.Server.Management.PublishAsync(_site.VirtualHost, "validator",
            """{"messageType": ["urn:message:Elsewhere:Unheard"], "message": {}}""",
            new { content_type = "application/vnd.masstransit+json" });
        var refresh = await _site.BenchmarkAsync("refresh", "--all", "--wait");

        refresh.ExitCode.Should().Be(0, refresh.Error);
        await Site.UntilAsync("one message has failed and one was not understood", async () =>
            await broker.Server.Management.CountAsync(_site.VirtualHost, "fetcher_error") == 1
            && await broker.Server.Management.CountAsync(_site.VirtualHost, "validator_skipped") == 1);
        services.Should().AllSatisfy(service => service.Output.Should().NotContain("PRECONDITION_FAILED"));
        (await OnTheBrokerAsync()).Should().BeEquivalentTo(Entities(definitions));
    }

    [Fact(Timeout = 240_000)]
    public async Task Keeps_everything_while_no_service_runs()
    {
        const int models = 50;
        _site.Warehousing("create table a as select range as id from range(100)");
        _site.Registers(Enumerable.Range(0, models).Select(i => $"m{i}: {{table: a}}"));
        (await _site.BenchmarkAsync("topology")).ExitCode.Should().Be(0);

        using var scheduler = _site.Run("Benchmark.Scheduler", "--once");
        var exitCode = await scheduler.ExitAsync();
        await _site.StartAsync("Fetcher", "Validator", "Publisher", "Notifier");

        exitCode.Should().Be(0, scheduler.Error + scheduler.Output);
        await Site.UntilAsync("the run is closed", async () =>
            await _site.RunsAsync() is [var run] && run.GetProperty("state").GetString() == "completed",
            TimeSpan.FromMinutes(2));
        Enumerable.Range(0, models)
            .Should().AllSatisfy(i => File.Exists(_site.OnVolume($"vs/m{i}/benchmark.csv")).Should().BeTrue());
    }

    [Fact]
    public async Task Explains_a_queue_that_is_there_with_other_properties()
    {
        await broker.Server.Management.PutAsync($"queues/{_site.VirtualHost}/fetcher", new { durable = true });

        var topology = await _site.BenchmarkAsync("topology");

        topology.ExitCode.Should().Be(3);
        topology.Error.Should().Contain("queue fetcher").And.Contain("x-queue-type").And.Contain("delete it");
    }

    [Fact]
    public async Task Tells_a_user_who_may_not_configure_what_to_do()
    {
        await broker.Server.Management.AddUserAsync("guestlike", "secret", _site.VirtualHost, configure: "^$");
        _site.Environment["RABBITMQ_URI"] = broker.Server.Address(
            _site.VirtualHost, "guestlike", "secret").OriginalString;

        var topology = await _site.BenchmarkAsync("topology");

        topology.ExitCode.Should().Be(3);
        topology.Error.Should().Contain("ACCESS_REFUSED").And.Contain("--definitions").And.NotContain("secret");
    }

    private async Task<JsonObject> DefinitionsAsync()
    {
        var (exitCode, output, error) = await _site.BenchmarkAsync("topology", "--definitions");
        exitCode.Should().Be(0, error);
        return JsonNode.Parse(output)!.AsObject();
    }

    private async Task<IEnumerable<string>> OnTheBrokerAsync() =>
        Entities((await broker.Server.Management.GetAsync($"definitions/{_site.VirtualHost}"))!);

    // Each as a line of its keys in order: the broker writes them in another, and leaves the virtual host out.
    private static IEnumerable<string> Entities(JsonNode definitions) =>
        from kind in (string[])["queues", "exchanges", "bindings"]
        from entity in definitions[kind]!.AsArray()
        select $"{kind}: {InOrder(entity)}";

    private static string? InOrder(JsonNode? node) => node is JsonObject keys
        ? string.Join(", ", keys.Where(pair => pair.Key != "vhost").OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}=({InOrder(pair.Value)})"))
        : node?.ToJsonString();

    private static IEnumerable<string> States(string output) =>
        from kind in (string[])["queues", "exchanges"]
        from entity in JsonNode.Parse(output)![kind]!.AsArray()
        select entity["state"]!.GetValue<string>();
}
