using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Benchmark.Contracts;
using Benchmark.Fetcher;
using Benchmark.Hosting;
using Benchmark.Tests.Support;
using Benchmark.Validator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>Every value of the manifests that the code knows, too.</summary>
[NeedsKustomize]
public sealed class Agreeing_with_the_code
{
    // What is not in docs/settings.md because others read it: the Agent's protocol, the tracer, ASP.NET.
    private static readonly string[] s_ofOthers = ["OTEL_", "DD_", "CORECLR_", "ASPNETCORE_HTTP_PORTS"];

    private readonly IReadOnlyList<Manifest> _all =
        Kustomize.BaseWith([.. Kustomize.Under("deploy/openshift/components")]);

    // All but the toolbox, which no service is.
    private IEnumerable<Manifest> Deployments =>
        _all.Where(manifest => manifest.Kind == "Deployment" && manifest.Name != "toolbox");

    private Manifest CronJob => _all.Single(manifest => manifest.Kind == "CronJob");

    private IReadOnlyDictionary<string, string> Settings => Manifest.Texts(
        _all.Single(manifest => manifest.Kind == "ConfigMap" && manifest.Name.StartsWith("benchmark-settings-"))
            .Node["data"]);

    [Fact]
    public void Has_a_service_for_each_queue() =>
        Deployments.Select(deployment => deployment.Name).Should().BeEquivalentTo(Queues.All);

    [Fact]
    public void Scales_a_service_by_its_own_queue_and_by_what_one_replica_takes()
    {
        var vhosts = JsonNode.Parse(RepositoryRoot.Read("deploy/rabbitmq/permissions.json"))!["permissions"]!.AsArray()
            .Select(permission => $"{permission!["vhost"]}").Distinct();
        var takes = new Dictionary<string, string>
        {
            [Queues.Fetcher] = Settings["Fetcher__ConcurrentFetches"],
            [Queues.Validator] = Limit(Queues.Validator, "cpu"),
        };

        foreach (var scaled in _all.Where(manifest => manifest.Kind == "ScaledObject"))
        {
            var trigger = scaled.Spec["triggers"]![0]!["metadata"]!;
            $"{trigger["queueName"]}".Should().Be($"{scaled.Spec["scaleTargetRef"]!["name"]}");
            $"{trigger["value"]}".Should().Be(takes[scaled.Name]);
            $"{trigger["vhostName"]}".Should().Be(vhosts.Single());
            $"{trigger["protocol"]}".Should().Be("http", "amqp does not count unacknowledged messages");
            $"{scaled.Spec["advanced"]!["horizontalPodAutoscalerConfig"]!["behavior"]!["scaleDown"]!["selectPolicy"]}"
                .Should().Be("Disabled", "one replica fewer may be a busy one");
        }
        _all.Count(manifest => manifest.Kind == "ScaledObject").Should().Be(takes.Count);
    }

    [Fact]
    public void Sets_no_variable_that_nobody_reads()
    {
        var documented = Regex.Matches(RepositoryRoot.Read("docs/settings.md"), "`([A-Za-z_]+)`")
            .Select(match => match.Groups[1].Value).ToList();
        var variables = _all.SelectMany(manifest => manifest.Containers)
            .SelectMany(container => Manifest.Objects(container["env"])).ToList();
        var used = variables.Select(variable => $"{variable["value"]}").Concat(
            _all.SelectMany(manifest => manifest.Containers)
                .SelectMany(container => container["args"]?.AsArray() ?? [])
                .Select(argument => $"{argument}")).ToList();

        Settings.Keys.Concat(variables.Select(variable => $"{variable["name"]}"))
            .Where(name => !documented.Contains(name)
                && !s_ofOthers.Any(other => name.StartsWith(other, StringComparison.Ordinal))
                && !used.Any(value => value.Contains($"$({name})", StringComparison.Ordinal)))
            .Should().BeEmpty();
    }

    [Fact]
    public async Task Gives_options_the_values_that_the_services_read()
    {
        await using var service = Build();

        $"{service.Services.GetRequiredService<IOptions<FetcherOptions>>().Value.ConcurrentFetches}"
            .Should().Be(Settings["Fetcher__ConcurrentFetches"]);
        $"{service.Services.GetRequiredService<IOptions<ValidatorOptions>>().Value.MemoryMegabytes}"
            .Should().Be(Settings["Validator__MemoryMegabytes"]);
    }

    [Fact]
    public void Limits_the_memory_of_a_validator_above_what_its_cores_may_take()
    {
        var budget = int.Parse(Limit(Queues.Validator, "cpu"), CultureInfo.InvariantCulture)
            * int.Parse(Settings["Validator__MemoryMegabytes"], CultureInfo.InvariantCulture);

        // The process itself, without any column values, needs less than 200 MB.
        Limit(Queues.Validator, "memory").Should().Be("1Gi");
        1024.Should().BeGreaterThan(budget + 200);
    }

    [Fact]
    public async Task Probes_paths_that_are_served_on_the_port_that_is_open()
    {
        await using var service = Build();
        var served = ((IEndpointRouteBuilder)service).DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText).ToList();

        foreach (var deployment in Deployments)
        {
            var container = deployment.Main;
            var probes = new[] { "startupProbe", "livenessProbe", "readinessProbe" }
                .Select(probe => container[probe]!["httpGet"]!).ToList();
            probes.Select(probe => $"{probe["path"]}").Should().Equal("/health/live", "/health/live", "/health/ready");
            probes.Select(probe => $"{probe["path"]}").Should().BeSubsetOf(served);
            probes.Should().AllSatisfy(probe => $"{probe["port"]}".Should().Be("http"));
            $"{Manifest.Objects(container["ports"]).Single()["containerPort"]}"
                .Should().Be(Settings["ASPNETCORE_HTTP_PORTS"]);
        }
    }

    [Fact]
    public async Task Kills_no_service_that_is_still_stopping()
    {
        await using var service = Build();
        var stop = service.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;

        foreach (var manifest in Deployments.Append(CronJob))
            TimeSpan.FromSeconds(manifest.Pod!["terminationGracePeriodSeconds"]!.GetValue<long>())
                .Should().BeGreaterThan(stop, manifest.ToString());
    }

    [Fact]
    public async Task Gives_up_a_job_at_once_for_a_wrong_configuration_only()
    {
        var configuration = await ServiceHost.RunAsync("scheduler", 8081, ["--nonsense"], _ => { });
        var fails = Manifest.Objects(CronJob.Spec["jobTemplate"]!["spec"]!["podFailurePolicy"]!["rules"])
            .Single(rule => $"{rule["action"]}" == "FailJob")["onExitCodes"]!;

        fails["values"]!.ToJsonString().Should().Be($"[{configuration}]");
        $"{fails["operator"]}".Should().Be("In");
        $"{fails["containerName"]}".Should().Be($"{CronJob.Containers.Single()["name"]}");
        $"{CronJob.Pod!["restartPolicy"]}".Should().Be("Never", "a podFailurePolicy needs it");
    }

    [Fact]
    public async Task Calls_commands_and_options_that_are_there()
    {
        CronJob.Containers.Single()["args"]!.ToJsonString().Should().Be("""["--once"]""");
        RepositoryRoot.Read("docs/settings.md").Should().Contain("| `Scheduler__Once` | `--once` |");
        foreach (var job in _all.Where(manifest => manifest.Kind == "Job"))
        {
            var command = job.Containers.Single()["args"]!.AsArray().Select(argument => $"{argument}");
            using var help = ChildProcess.StartDotnet("benchmark.dll", [.. command, "--help"]);
            (await help.ExitAsync()).Should().Be(0, help.Error);
        }
    }

    [Fact]
    public void Gives_the_credentials_of_a_source_to_those_who_open_it() =>
        _all.Where(manifest => manifest.Containers.SelectMany(container => Manifest.Objects(container["env"]))
                .Any(variable => $"{variable["name"]}" == "SNOWFLAKE_CONN"))
            .Select(manifest => manifest.Name).Should().BeEquivalentTo(Queues.Fetcher, "toolbox");

    [Fact]
    public void Lets_every_service_reach_the_ports_of_its_addresses()
    {
        foreach (var deployment in Deployments)
        {
            var ports = _all.Where(manifest => manifest.Kind == "NetworkPolicy")
                .Where(policy => Manifest.Texts(policy.Spec["podSelector"]!["matchLabels"])
                    .All(label => deployment.PodLabels.Contains(label)))
                .SelectMany(policy => Manifest.Objects(policy.Spec["egress"]))
                .SelectMany(rule => Manifest.Objects(rule["ports"])).Select(port => $"{port["port"]}").ToList();
            var addresses = Manifest.Objects(deployment.Main["env"])
                .Select(variable => variable["valueFrom"]?["secretKeyRef"])
                .OfType<JsonObject>()
                .Select(key => Secrets.Example.Single(secret => secret.Name == $"{key["name"]}")
                    .Node["stringData"]![$"{key["key"]}"]!.GetValue<string>())
                .Where(value => value.Contains("://")).Select(value => new Uri(value));

            addresses.Should().NotBeEmpty().And.AllSatisfy(address => ports.Should().Contain($"{address.Port}"));
            ports.Should().Contain("5353", "OpenShift's DNS listens there");
        }
    }

    [Fact]
    public void Tells_datadog_the_version_that_is_built()
    {
        var version = Regex.Match(RepositoryRoot.Read("Directory.Build.props"), "<Version>(.+)</Version>")
            .Groups[1].Value;

        Deployments.Append(CronJob).Should().AllSatisfy(manifest =>
        {
            manifest.PodLabels["tags.datadoghq.com/version"].Should().Be(version);
            Manifest.Texts(manifest.Node["metadata"]!["labels"]).Should().Contain(
                manifest.PodLabels.Where(label => label.Key.StartsWith("tags.datadoghq.com/")));
        });
    }

    private string Limit(string deployment, string resource) =>
        $"{Deployments.Single(d => d.Name == deployment).Main["resources"]!["limits"]![resource]}";

    // All services in one process, with the settings of the manifests.
    private WebApplication Build() => ServiceHost.Build(
        "test",
        new ConfigurationBuilder().AddInMemoryCollection(
            Settings.Where(setting => setting.Key.Contains("__", StringComparison.Ordinal))
                .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":"), (string?)setting.Value))
                .Append(KeyValuePair.Create("RabbitMq:Uri", (string?)"amqp://localhost/"))).Build(),
        builder =>
        {
            builder.AddFetcher();
            builder.AddValidator();
        });
}
