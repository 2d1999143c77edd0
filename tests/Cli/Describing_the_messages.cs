using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Benchmark.Contracts;
using Benchmark.Hosting;
using Benchmark.Hosting.Broker;
using Benchmark.Scheduler;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Benchmark.Cli.Tests;

/// <summary>
/// Who consumes a message is read off the bindings of the services' own registrations, who publishes it off the
/// permissions of <c>deploy/rabbitmq</c>, which tests/EndToEnd runs every service with.
/// </summary>
public sealed class Describing_the_messages
{
    private const string Document = "docs/rabbitmq.md";
    private const string Begin =
        "<!-- messages: made of the registrations and the permissions, checked by tests/Cli -->\n";
    private const string End = "<!-- end of messages -->\n";
    private const string Namespace = "Benchmark.Contracts:";

    // In the order of a refresh.
    private static readonly IReadOnlyList<(string User, string Name)> s_publishers =
    [
        ("operator", "`benchmark`"), ("scheduler", "Scheduler"), ("fetcher", "Fetcher"),
        ("validator", "Validator"),
        ("publisher", "Publisher"), ("notifier", "Notifier"),
    ];

    private static readonly IReadOnlyList<Permission> s_permissions = Permissions();

    [Fact(Timeout = 60_000)]
    public async Task Keeps_the_documented_messages_as_the_code_has_them()
    {
        var document = await File.ReadAllTextAsync(RepositoryRoot.PathOf(Document));
        var (begin, end) = (
            document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));

        Approved.Match(Document, document[..(begin + Begin.Length)] + await TableAsync() + document[end..]);
    }

    private static async Task<string> TableAsync()
    {
        var topology = await TopologyAsync();
        var messages = topology.Exchanges.Select(exchange => exchange.Name)
            .Where(name => name.StartsWith(Namespace, StringComparison.Ordinal));
        var rows = messages.Order(StringComparer.Ordinal).OrderBy(FirstPublisher)
            .Select(exchange => Row(exchange, exchange[Namespace.Length..], Meaning(exchange), topology));
        var faults = topology.Exchanges.Select(exchange => exchange.Name)
            .Where(name => name.StartsWith("MassTransit:Fault--", StringComparison.Ordinal)
                && Queues(name, topology).Any());
        return "| message | published by | consumed by | queue | what it says |\n|---|---|---|---|---|\n"
            + string.Concat(rows) + string.Concat(
                faults.OrderBy(FirstPublisher).Select(exchange => Fault(exchange, topology)));
    }

    private static string Fault(string exchange, BusTopology topology)
    {
        var message = exchange.Split(':')[^1].TrimEnd('-');
        var service = Queues($"{Namespace}{message}", topology).First(queue => queue != Contracts.Queues.Notifier);
        return Row(exchange, $"Fault<{message}>",
            $"Retries of {(message[0] == 'A' ? "an" : "a")} `{message}` are exhausted; it waits in `{service}_error`.",
            topology);
    }

    private static string Row(string exchange, string name, string meaning, BusTopology topology)
    {
        var publishers = s_publishers.Where(publisher => MayPublish(publisher.User, exchange))
            .Select(publisher => publisher.Name).ToList();
        var queues = Queues(exchange, topology).ToList();
        publishers.Should().NotBeEmpty($"a user may publish {name} (deploy/rabbitmq/permissions.json)");
        // A queue is named after the service that consumes it; a command has a queue of its own, for one run.
        var consumers = queues.Select(Service).ToList();
        if (Of("operator").Read.IsMatch(exchange))
        {
            consumers.Add("`benchmark` with `--wait`");
            queues.Add("refresh-<run>");
        }
        consumers.Should().NotBeEmpty($"{name} is consumed");
        return $"| `{name}` | {string.Join(", ", publishers)} | {string.Join(", ", consumers)} | "
            + $"{string.Join(", ", queues.Select(queue => $"`{queue}`"))} | {meaning} |\n";
    }

    private static string Service(string queue) => s_publishers.Single(publisher => publisher.User == queue).Name;

    private static string Meaning(string exchange) =>
        XmlSummary.Of(typeof(RefreshModel).Assembly.GetType(exchange.Replace(':', '.'), throwOnError: true)!);

    private static IEnumerable<string> Queues(string exchange, BusTopology topology) =>
        from binding in topology.Bindings
        where binding.Source == exchange && Contracts.Queues.All.Contains(binding.Destination)
        select binding.Destination;

    private static int FirstPublisher(string exchange) =>
        s_publishers.TakeWhile(publisher => !MayPublish(publisher.User, exchange)).Count();

    private static bool MayPublish(string user, string exchange) => Of(user).Write.IsMatch(exchange);

    private static Permission Of(string user) => s_permissions.Single(permission => permission.User == user);

    private static IReadOnlyList<Permission> Permissions() =>
    [
        .. JsonNode.Parse(RepositoryRoot.Read("deploy/rabbitmq/permissions.json"))!["permissions"]!.AsArray()
            .Select(permission => new Permission(
                permission!["user"]!.GetValue<string>(),
                new Regex(permission["write"]!.GetValue<string>()), new Regex(permission["read"]!.GetValue<string>()))),
    ];

    private static async Task<BusTopology> TopologyAsync()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("RabbitMq:Uri", "amqp://localhost/")]).Build();
        await using var services = ServiceHost.Build("test", settings, builder =>
        {
            builder.AddScheduler();
            builder.AddRefreshing();
        });
        return BusTopology.Of(services.Services);
    }

    private sealed record Permission(string User, Regex Write, Regex Read);
}
