using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>
/// What the API server would say of a manifest: Kubernetes' own kinds by the models of its client, others by the schema
/// that their project published. A member that they do not know is a mistake.
/// </summary>
internal static class StrictTypes
{
    private static readonly IReadOnlyDictionary<string, Type> s_kinds = new[]
    {
        typeof(V1ConfigMap), typeof(V1Secret), typeof(V1Service), typeof(V1ServiceAccount), typeof(V1PersistentVolume),
        typeof(V1PersistentVolumeClaim), typeof(V1Deployment), typeof(V1CronJob), typeof(V1Job),
        typeof(V1NetworkPolicy), typeof(V1PodDisruptionBudget),
    }.ToDictionary(Kind);

    private static readonly Lazy<bool> s_strict = new(() =>
    {
        KubernetesJson.AddJsonOptions(options =>
            options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow);
        return true;
    });

    /// <summary>Everything that is wrong with it; empty when nothing is.</summary>
    public static IReadOnlyList<string> Problems(Manifest manifest)
    {
        if (!s_kinds.TryGetValue($"{manifest.ApiVersion}/{manifest.Kind}", out var type))
            return [.. CustomSchemas.Problems(manifest).Select(problem => $"{manifest}: {problem}")];
        try
        {
            Read(manifest.Node, type);
            return [];
        }
        catch (JsonException e)
        {
            return [$"{manifest}: {e.Message}"];
        }
    }

    private static void Read(JsonObject node, Type type)
    {
        _ = s_strict.Value;
        // The client's options are its own; they are reached by its generic method alone.
        var read = typeof(KubernetesJson).GetMethod(
            nameof(KubernetesJson.Deserialize), [typeof(string), typeof(JsonSerializerOptions)])!;
        try
        {
            read.MakeGenericMethod(type).Invoke(null, [node.ToJsonString(), null]);
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    private static string Kind(Type type)
    {
        var kind = type.GetKubernetesTypeMetadata();
        return string.Join('/', new[] { kind.Group, kind.ApiVersion, kind.Kind }.Where(part => part.Length > 0));
    }
}
