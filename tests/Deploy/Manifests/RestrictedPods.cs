using System.Text.Json.Nodes;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>
/// What OpenShift's restricted-v2 admits, and this product asks of its pods: no uid of their own, nothing to write but
/// their volumes, limits, images by digest.
/// </summary>
internal static class RestrictedPods
{
    private static readonly string[] s_numbers =
        ["runAsUser", "runAsGroup", "fsGroup", "supplementalGroups", "seLinuxOptions"];

    private static readonly string[] s_volumes =
    [
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected",
        "secret",
    ];

    public static IReadOnlyList<string> Problems(Manifest manifest) =>
        manifest.Pod is { } pod
            ? [.. OfPod(pod).Concat(manifest.Containers.SelectMany(OfContainer)).Select(what => $"{manifest}: {what}")]
            : [];

    private static IEnumerable<string> OfPod(JsonObject pod)
    {
        foreach (var host in new[] { "hostNetwork", "hostPID", "hostIPC" })
        {
            if (pod[host] is not null)
                yield return $"{host} is set";
        }
        if (!Is(pod["automountServiceAccountToken"], false))
            yield return "automountServiceAccountToken is not false";
        var context = pod["securityContext"];
        if (!Is(context?["runAsNonRoot"], true))
            yield return "runAsNonRoot is not true";
        if ($"{context?["seccompProfile"]?["type"]}" != "RuntimeDefault")
            yield return "seccompProfile is not RuntimeDefault";
        foreach (var problem in Numbers(context))
            yield return problem;
        foreach (var volume in Manifest.Objects(pod["volumes"]))
        {
            if (!volume.Select(pair => pair.Key).Where(key => key != "name").All(s_volumes.Contains))
                yield return $"volume {volume["name"]} is of a kind that is not allowed";
        }
    }

    private static IEnumerable<string> OfContainer(JsonObject container)
    {
        var context = container["securityContext"];
        if (!Is(context?["allowPrivilegeEscalation"], false))
            yield return "allowPrivilegeEscalation is not false";
        if (!Is(context?["readOnlyRootFilesystem"], true))
            yield return "readOnlyRootFilesystem is not true";
        if (context?["privileged"] is not null)
            yield return "privileged is set";
        if (context?["capabilities"]?.ToJsonString() != """{"drop":["ALL"]}""")
            yield return "capabilities are not dropped";
        foreach (var problem in Numbers(context))
            yield return problem;
        foreach (var kind in new[] { "requests", "limits" })
        {
            foreach (var resource in new[] { "cpu", "memory" })
            {
                if (container["resources"]?[kind]?[resource] is null)
                    yield return $"resources.{kind} has no {resource}";
            }
        }
        var image = $"{container["image"]}";
        if (image.Split("@sha256:") is not [_, { Length: 64 }])
            yield return $"{image} is not named by digest";
    }

    private static IEnumerable<string> Numbers(JsonNode? context) => s_numbers
        .Where(number => context?[number] is not null)
        .Select(number => $"{number} is set, and the project gives a uid of its own");

    private static bool Is(JsonNode? node, bool value) =>
        node is JsonValue flag && flag.TryGetValue(out bool found) && found == value;
}
