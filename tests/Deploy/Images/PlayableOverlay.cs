using System.Text;
using System.Text.Json.Nodes;
using Benchmark.Deploy.Tests.Manifests;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Images;

/// <summary>
/// A rendered overlay as <c>podman play kube</c> takes it. What is changed is here and nowhere else: what this machine
/// has not (a registry, Snowflake, a cluster's network), what Podman cannot do, and what OpenShift adds itself.
/// </summary>
internal sealed class PlayableOverlay(string name, string registry)
{
    private const string Port = "ASPNETCORE_HTTP_PORTS";

    private readonly Dictionary<string, int> _ports = [];
    private readonly IReadOnlyList<Manifest> _rendered = Kustomize.Overlay(name);

    /// <summary>The names of the Deployments that have pods.</summary>
    public IEnumerable<string> Deployments => _rendered
        .Where(manifest => manifest.Kind == "Deployment" && $"{manifest.Spec["replicas"]}" != "0")
        .Select(manifest => manifest.Name);

    /// <summary>What the kubelet asks whether a pod is ready.</summary>
    public Uri ReadinessProbe(string deployment) => new(
        $"http://127.0.0.1:{_ports[deployment]}"
        + Deployment(deployment).Containers.Single()["readinessProbe"]!["httpGet"]!["path"]);

    /// <summary>The seconds that the kubelet gives a pod to end; Podman 4 does not read them.</summary>
    public long GracePeriod(string deployment) =>
        Deployment(deployment).Pod!["terminationGracePeriodSeconds"]!.GetValue<long>();

    /// <summary>The name of the container in the pod of a Job or a CronJob.</summary>
    public string ContainerIn(string kind, string name) => _rendered
        .Single(manifest => manifest.Kind == kind && manifest.Name == name).Containers.Single()["name"]!
        .GetValue<string>();

    /// <summary>Podman 4 refuses a Secret as Kubernetes writes it, but reads one made from this.</summary>
    public static string Secret(Manifest example, Uri broker) => new JsonObject(
        Manifest.Texts(example.Node["stringData"]).Select(pair => KeyValuePair.Create(
            pair.Key, (JsonNode?)Base64(ValueOf(pair.Key, pair.Value, broker))))).ToJsonString();

    /// <summary>The claims of volumes, by themselves: Podman 4 makes none twice.</summary>
    public string Claims() => Documents(manifest => manifest.Kind == "PersistentVolumeClaim");

    /// <summary>Some of its objects, and what their pods read.</summary>
    public string Documents(string kind, params string[] names) => Documents(manifest =>
        manifest.Kind == "ConfigMap" || (manifest.Kind == kind && names.Contains(manifest.Name)));

    private string Documents(Func<Manifest, bool> arePlayed) => string.Join(
        "\n---\n", _rendered.Where(arePlayed).Select(manifest => Playable(manifest.Copy()).Node.ToJsonString()));

    // The source is DuckDB, which needs no server; the broker has no certificate here.
    private static string ValueOf(string key, string value, Uri broker) => key switch
    {
        "connection-string" => "Data Source=:memory:",
        "uri" => new UriBuilder(value) { Scheme = "amqp", Host = broker.Host, Port = broker.Port }.Uri.OriginalString,
        _ => value,
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private Manifest Deployment(string name) =>
        _rendered.Single(manifest => manifest.Kind == "Deployment" && manifest.Name == name);

    private Manifest Playable(Manifest manifest)
    {
        if (manifest is { Kind: "ConfigMap", Name: "model-config" })
            manifest.Node["data"]!["models.yaml"] = registry;
        // OpenShift fills this one in.
        if (manifest is { Kind: "ConfigMap", Name: "service-ca" })
            manifest.Node["data"] = new JsonObject { ["service-ca.crt"] = "" };
        // Here each pod has another port, and Podman 4 puts a ConfigMap above the pod's own environment.
        if (manifest.Kind == "ConfigMap")
            manifest.Node["data"]!.AsObject().Remove(Port);
        if (manifest.Pod is null)
            return manifest;

        // The security context constraint restricted-v2 adds a uid of the project.
        manifest.Pod["securityContext"]!["runAsUser"] = 1000660000;
        foreach (var container in manifest.Containers)
        {
            container["image"] = ImageOf($"{container["image"]}");
            GiveAPort(manifest.Name, container);
        }
        return manifest.Kind == "Deployment" ? manifest : AsPod(manifest);
    }

    // Built here, and pushed nowhere.
    private static string ImageOf(string image) => BuiltImages.NameOf(image.Split('@')[0].Split('/')[^1]);

    // All pods share the network of this machine, in which Podman 4 takes no ports; in a cluster each has 8080 for
    // itself.
    private void GiveAPort(string name, JsonObject container)
    {
        if (!container.Remove("ports"))
            return;
        if (!_ports.TryGetValue(name, out var port))
            _ports[name] = port = FreePort.Find();
        foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
            container[probe]!["httpGet"]!["port"] = port;
        var environment = container["env"]!.AsArray();
        environment.Add(new JsonObject { ["name"] = Port, ["value"] = $"{port}" });
        environment.Add(new JsonObject { ["name"] = "Pages__Address", ["value"] = "http://127.0.0.1:0" });
    }

    // Podman 4 knows neither Jobs nor CronJobs: the pod that they would start.
    private static Manifest AsPod(Manifest job) => new(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Pod",
        ["metadata"] = new JsonObject { ["name"] = job.Name },
        ["spec"] = job.Pod!.DeepClone(),
    });
}
