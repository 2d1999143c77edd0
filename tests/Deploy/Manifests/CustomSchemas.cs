using System.Text.Json.Nodes;
using Benchmark.Tests.Support;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>The published schemas of other projects' kinds, in <c>Crds</c>, closed against unknown members.</summary>
internal static class CustomSchemas
{
    private const string Directory = "tests/Deploy/Manifests/Crds";

    // Its schema is not among those in Crds: the members that the manifest here has, by the documented API.
    private const string ServiceMonitor = """
        {"type": "object", "properties": {
          "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
          "spec": {"type": "object", "required": ["selector", "endpoints"], "properties": {
            "selector": {"type": "object", "properties": {
              "matchLabels": {"type": "object", "additionalProperties": {"type": "string"}}}},
            "endpoints": {"type": "array", "items": {"type": "object", "properties": {
              "port": {"type": "string"}, "path": {"type": "string"}, "interval": {"type": "string"}}}}}}}}
        """;

    // Likewise: OpenShift serves it without a CustomResourceDefinition.
    private const string Route = """
        {"type": "object", "properties": {
          "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
          "spec": {"type": "object", "required": ["to"], "properties": {
            "to": {"type": "object", "required": ["kind", "name"], "properties": {
              "kind": {"enum": ["Service"]}, "name": {"type": "string"}}},
            "port": {"type": "object", "properties": {"targetPort": {"type": "string"}}},
            "tls": {"type": "object", "required": ["termination"], "properties": {
              "termination": {"enum": ["edge", "passthrough", "reencrypt"]},
              "insecureEdgeTerminationPolicy": {"enum": ["Allow", "None", "Redirect"]}}}}}}}
        """;

    private static readonly Lazy<IReadOnlyDictionary<string, JsonSchema>> s_schemas = new(Load);

    /// <summary>A kind's schema as it is published.</summary>
    public static JsonObject Published(string file) => Versions(file).First().Schema;

    public static IEnumerable<string> Problems(Manifest manifest) =>
        s_schemas.Value.TryGetValue($"{manifest.ApiVersion}/{manifest.Kind}", out var schema)
            ? schema.Validate(manifest.Node.ToJsonString()).SelectMany(Flat)
            : [$"no schema of {manifest.ApiVersion} {manifest.Kind} is in {Directory}"];

    // An error within an item of a list is told as one of the list.
    private static IEnumerable<string> Flat(ValidationError error) => error is ChildSchemaValidationError within
        ? within.Errors.SelectMany(child => child.Value).SelectMany(Flat)
        : [$"{error.Kind}: {error.Path}"];

    private static IReadOnlyDictionary<string, JsonSchema> Load()
    {
        var published = System.IO.Directory.GetFiles(RepositoryRoot.PathOf(Directory), "*.yaml")
            .SelectMany(file => Versions(Path.GetFileName(file)))
            .Append(("monitoring.coreos.com/v1/ServiceMonitor", JsonNode.Parse(ServiceMonitor)!.AsObject()))
            .Append(("route.openshift.io/v1/Route", JsonNode.Parse(Route)!.AsObject()));
        return published.ToDictionary(version => version.Item1, version => Closed(version.Item2));
    }

    private static IEnumerable<(string Kind, JsonObject Schema)> Versions(string file)
    {
        var spec = Manifest.ReadAll(RepositoryRoot.Read($"{Directory}/{file}")).Single().Spec;
        foreach (var version in Manifest.Objects(spec["versions"]))
            yield return ($"{spec["group"]}/{version["name"]}/{spec["names"]!["kind"]}",
                version["schema"]!["openAPIV3Schema"]!.AsObject());
    }

    private static JsonSchema Closed(JsonObject schema)
    {
        Close(schema);
        schema["properties"]!["metadata"] = new JsonObject { ["type"] = "object" };
        return JsonSchema.FromJsonAsync(schema.ToJsonString()).GetAwaiter().GetResult();
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Close(item);
        }
        if (node is not JsonObject map)
            return;
        foreach (var (_, value) in map)
            Close(value);
        var open = map["x-kubernetes-preserve-unknown-fields"] is not null || map["additionalProperties"] is not null;
        if (map["type"] is JsonValue && map["properties"] is JsonObject && !open)
            map["additionalProperties"] = false;
    }
}
