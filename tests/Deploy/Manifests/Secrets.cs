using System.Text.Json.Nodes;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>The Secrets of an installation, and their keys.</summary>
internal static class Secrets
{
    public static IReadOnlyList<Manifest> Example { get; } =
        Manifest.ReadAll(RepositoryRoot.Read("deploy/openshift/secrets.example.yaml"));

    /// <summary>The keys of each Secret that somebody makes by hand.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ByHand { get; } = Example.ToDictionary(
        secret => secret.Name, secret => Keys(secret.Node["stringData"]));

    /// <summary>The keys of each Secret that the component external-secrets fills.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> FromVault(IEnumerable<Manifest> rendered) =>
        rendered.Where(manifest => manifest.Kind == "ExternalSecret").ToDictionary(
            manifest => manifest.Spec["target"]!["name"]!.GetValue<string>(),
            manifest => manifest.Spec["target"]!["template"] is { } template
                ? Keys(template["data"])
                : [.. Manifest.Objects(manifest.Spec["data"]).Select(item => item["secretKey"]!.GetValue<string>())]);

    private static IReadOnlyList<string> Keys(JsonNode? map) => [.. map!.AsObject().Select(pair => pair.Key)];
}
