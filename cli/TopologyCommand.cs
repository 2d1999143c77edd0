using System.CommandLine;
using Benchmark.Hosting;
using Benchmark.Hosting.Broker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Cli;

/// <summary>
/// <c>benchmark topology</c>: declares exchanges, queues and bindings, or prints them as RabbitMQ definitions.
/// </summary>
internal static class TopologyCommand
{
    private const string Declared = "declared";
    private const string Exists = "there";
    private const string Missing = "missing";

    private static readonly Option<bool> s_definitions = new("--definitions")
    {
        Description = "Print RabbitMQ definitions (JSON) for an administrator to import; needs no broker.",
    };

    private static readonly Option<bool> s_dryRun =
        new("--dry-run") { Description = "Only show what exists and what is missing." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "topology",
            "Declare exchanges, queues and bindings on the broker, so that nothing is lost while no service runs.")
        {
            s_definitions, s_dryRun,
        };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        if (invocation.Value(s_definitions) && invocation.Value(s_dryRun))
            throw new UsageException("--definitions changes nothing: leave --dry-run out.");
        var topology = Read(invocation);
        if (invocation.Value(s_definitions))
        {
            Print(invocation, topology);
            return ExitCode.Done;
        }

        await using var declaration = await TopologyDeclaration.ConnectAsync(invocation.Configuration, ct);
        var after = invocation.Value(s_dryRun) ? Missing : Declared;
        var queues = new List<Item>();
        foreach (var queue in topology.Queues)
            queues.Add(new Item(queue.Name, await declaration.HasAsync(queue, ct) ? Exists : after));
        var exchanges = new List<Item>();
        foreach (var exchange in topology.Exchanges)
            exchanges.Add(new Item(exchange.Name, await declaration.HasAsync(exchange, ct) ? Exists : after));
        if (!invocation.Value(s_dryRun))
            await declaration.DeclareAsync(topology, ct);
        Show(invocation, queues, exchanges, topology.Bindings);
        return ExitCode.Done;
    }

    // The topology comes from the services' own registrations: their bus is built but not started.
    public static BusTopology Read(Invocation invocation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfiguration(invocation.Configuration);
        if (!invocation.HasBroker)
            builder.Configuration["RabbitMq:Uri"] = "amqp://localhost/";
        builder.AddRefreshing();
        builder.AddBus();
        using var host = builder.Build();
        return BusTopology.Of(host.Services);
    }

    private static void Print(Invocation invocation, BusTopology topology)
    {
        var virtualHost = BrokerProbe.VirtualHost(invocation.Configuration);
        invocation.Terminal.Json(new
        {
            Queues = topology.Queues.Select(
                queue => new { Vhost = virtualHost, queue.Name, queue.Durable, queue.AutoDelete, queue.Arguments }),
            Exchanges = topology.Exchanges.Select(exchange => new
            {
                Vhost = virtualHost,
                exchange.Name,
                exchange.Type,
                exchange.Durable,
                exchange.AutoDelete,
                Internal = false,
                exchange.Arguments,
            }),
            Bindings = topology.Bindings.Select(binding => new
            {
                Vhost = virtualHost,
                binding.Source,
                binding.Destination,
                binding.DestinationType,
                binding.RoutingKey,
                binding.Arguments,
            }),
        });
    }

    private static void Show(
        Invocation invocation,
        IReadOnlyList<Item> queues, IReadOnlyList<Item> exchanges, IReadOnlyList<BindingDefinition> bindings)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Json(new
            {
                Queues = queues,
                Exchanges = exchanges,
                Bindings = bindings.Select(
                    binding => new { binding.Source, binding.Destination, binding.DestinationType }),
            });
            return;
        }
        foreach (var queue in queues)
            invocation.Terminal.Line($"queue {queue.Name} {queue.State}");
        foreach (var exchange in exchanges)
            invocation.Terminal.Line($"exchange {exchange.Name} {exchange.State}");
        foreach (var binding in bindings)
            invocation.Terminal.Line($"binding {binding.Source} -> {binding.DestinationType} {binding.Destination}");
    }

    private sealed record Item(string Name, string State);
}
