using System.Text.Json.Nodes;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>
/// What the manifests of an overlay ask of each other: names that must be there, and the keys in them.
/// </summary>
internal sealed class References(
    IReadOnlyList<Manifest> overlay, IReadOnlyDictionary<string, IReadOnlyList<string>> secrets)
{
    private const string LogAnnotation = "ad.datadoghq.com/";

    private readonly List<string> _problems = [];

    public static IReadOnlyList<string> Problems(
        IReadOnlyList<Manifest> overlay, IReadOnlyDictionary<string, IReadOnlyList<string>> secrets)
    {
        var references = new References(overlay, secrets);
        foreach (var manifest in overlay)
            references.Check(manifest);
        return references._problems;
    }

    private void Check(Manifest manifest)
    {
        if (manifest.Pod is not null)
            CheckPod(manifest);
        switch (manifest.Kind)
        {
            case "Deployment" or "PodDisruptionBudget":
                CheckSelection(manifest, manifest.Spec["selector"]!["matchLabels"]);
                break;
            case "NetworkPolicy":
                CheckSelection(manifest, manifest.Spec["podSelector"]!["matchLabels"]);
                break;
            case "Service":
                CheckSelection(manifest, manifest.Spec["selector"]);
                break;
            case "Route":
                CheckRoute(manifest);
                break;
            case "ServiceMonitor":
                CheckServices(manifest);
                break;
            case "PersistentVolumeClaim" when manifest.Spec["volumeName"] is { } volume:
                Require(manifest, "PersistentVolume", $"{volume}");
                break;
            case "ScaledObject":
                Require(manifest, "Deployment", $"{manifest.Spec["scaleTargetRef"]!["name"]}");
                foreach (var trigger in Manifest.Objects(manifest.Spec["triggers"]))
                    Require(manifest, "TriggerAuthentication", $"{trigger["authenticationRef"]!["name"]}");
                break;
            case "TriggerAuthentication":
                foreach (var secret in Manifest.Objects(manifest.Spec["secretTargetRef"]))
                    RequireSecret(manifest, $"{secret["name"]}", $"{secret["key"]}");
                break;
            case "User":
                foreach (var key in new[] { "username", "password" })
                    RequireSecret(manifest, $"{manifest.Spec["importCredentialsSecret"]!["name"]}", key);
                break;
        }
        if (manifest.ApiVersion.StartsWith("rabbitmq.com", StringComparison.Ordinal)
            && manifest.Spec["rabbitmqClusterReference"] is { } cluster)
            Require(manifest, "RabbitmqCluster", $"{cluster["name"]}");
    }

    private void CheckPod(Manifest manifest)
    {
        var volumes = Manifest.Objects(manifest.Pod!["volumes"]).ToList();
        if (manifest.Pod["serviceAccountName"] is { } account)
            Require(manifest, "ServiceAccount", $"{account}");
        foreach (var volume in volumes)
            CheckVolume(manifest, volume);
        foreach (var container in manifest.Containers)
        {
            foreach (var mount in Manifest.Objects(container["volumeMounts"]))
                Need(manifest, volumes.Any(volume => $"{volume["name"]}" == $"{mount["name"]}"),
                    $"volume {mount["name"]}");
            foreach (var source in Manifest.Objects(container["envFrom"]))
                Require(manifest, "ConfigMap", $"{source["configMapRef"]!["name"]}");
            foreach (var variable in Manifest.Objects(container["env"]))
                CheckVariable(manifest, container, variable);
            foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
            {
                if (container[probe]?["httpGet"]?["port"] is { } port)
                    Need(manifest, Ports(manifest).Contains($"{port}"), $"port {port}");
            }
        }
        foreach (var annotation in Manifest.Texts(manifest.PodTemplate!["metadata"]?["annotations"]).Keys
            .Where(key => key.StartsWith(LogAnnotation, StringComparison.Ordinal)))
        {
            var container = annotation[LogAnnotation.Length..].Split('.')[0];
            Need(manifest, manifest.Containers.Any(c => $"{c["name"]}" == container), $"container {container}");
        }
    }

    private void CheckVolume(Manifest manifest, JsonObject volume)
    {
        if (volume["persistentVolumeClaim"] is { } claim)
            Require(manifest, "PersistentVolumeClaim", $"{claim["claimName"]}");
        if (volume["configMap"] is { } map)
            Require(manifest, "ConfigMap", $"{map["name"]}");
        if (volume["secret"] is { } secret)
        {
            foreach (var item in Manifest.Objects(secret["items"]))
                RequireSecret(manifest, $"{secret["secretName"]}", $"{item["key"]}");
        }
    }

    private void CheckVariable(Manifest manifest, JsonObject container, JsonObject variable)
    {
        if (variable["valueFrom"]?["secretKeyRef"] is { } secret)
            RequireSecret(manifest, $"{secret["name"]}", $"{secret["key"]}");
        if ($"{variable["valueFrom"]?["fieldRef"]?["fieldPath"]}".Split('\'') is [_, var label, _])
            Need(manifest, manifest.PodLabels.ContainsKey(label), $"label {label}");
        // $(NAME) is replaced only where NAME stands before it.
        var before = Manifest.Objects(container["env"]).Select(v => $"{v["name"]}")
            .TakeWhile(name => name != $"{variable["name"]}").ToList();
        foreach (var name in $"{variable["value"]}".Split("$(").Skip(1).Select(part => part.Split(')')[0]))
            Need(manifest, before.Contains(name), $"variable {name} before {variable["name"]}");
    }

    private void CheckSelection(Manifest manifest, JsonNode? selector)
    {
        if (!overlay.Any(other => Matches(selector, other.PodLabels)))
            _problems.Add($"{manifest}: selects no pods");
        if (manifest.Kind != "Service")
            return;
        foreach (var port in Manifest.Objects(manifest.Spec["ports"]))
            Need(manifest, overlay.Where(other => Matches(selector, other.PodLabels)).SelectMany(Ports)
                .Contains($"{port["targetPort"]}") || !overlay.Any(other => Matches(selector, other.PodLabels)),
                $"port {port["targetPort"]}");
    }

    private void CheckRoute(Manifest route)
    {
        var service = overlay.SingleOrDefault(
            other => other.Kind == "Service" && other.Name == $"{route.Spec["to"]!["name"]}");
        Need(route, service is not null, $"Service {route.Spec["to"]!["name"]}");
        Need(route, service is null || Manifest.Objects(service.Spec["ports"])
            .Any(port => $"{port["name"]}" == $"{route.Spec["port"]!["targetPort"]}"),
            $"port {route.Spec["port"]!["targetPort"]}");
    }

    private void CheckServices(Manifest monitor)
    {
        var services = overlay.Where(other => other.Kind == "Service" && Matches(
            monitor.Spec["selector"]!["matchLabels"], Manifest.Texts(other.Node["metadata"]!["labels"]))).ToList();
        Need(monitor, services.Count > 0, "Service with its labels");
        foreach (var endpoint in Manifest.Objects(monitor.Spec["endpoints"]))
            Need(monitor, services.All(service => Manifest.Objects(service.Spec["ports"])
                .Any(port => $"{port["name"]}" == $"{endpoint["port"]}")), $"port {endpoint["port"]}");
    }

    private static bool Matches(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        labels.Count > 0 && Manifest.Texts(selector).All(pair =>
            labels.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static IEnumerable<string> Ports(Manifest manifest) => manifest.Containers
        .SelectMany(container => Manifest.Objects(container["ports"])).Select(port => $"{port["name"]}");

    private void Require(Manifest manifest, string kind, string name) =>
        Need(manifest, overlay.Any(other => other.Kind == kind && other.Name == name), $"{kind} {name}");

    private void RequireSecret(Manifest manifest, string name, string key) =>
        Need(manifest, secrets.TryGetValue(name, out var keys) && keys.Contains(key),
            $"key {key} in the Secret {name}");

    private void Need(Manifest manifest, bool isThere, string what)
    {
        if (!isThere)
            _problems.Add($"{manifest}: no {what}");
    }
}
