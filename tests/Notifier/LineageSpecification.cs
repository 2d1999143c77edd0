using System.Text.Json.Nodes;
using Benchmark.Tests.Support;
using Json.Schema;

namespace Benchmark.Notifier.Tests;

/// <summary>The JSON schemas of OpenLineage.</summary>
internal static class LineageSpecification
{
    private const string Facets = "https://openlineage.io/spec/facets/";

    private static readonly EvaluationOptions s_options = new()
    {
        OutputFormat = OutputFormat.List,
        RequireFormatValidation = true,
    };

    private static readonly Lazy<JsonSchema> s_event = new(() =>
    {
        var schemas = Directory.GetFiles(RepositoryRoot.PathOf("tests/Notifier/OpenLineage"), "*.json")
            .ToDictionary(file => Path.GetFileName(file), file => JsonSchema.FromFile(file));
        foreach (var schema in schemas.Values)
            s_options.SchemaRegistry.Register(schema);
        return schemas["OpenLineage.json"];
    });

    /// <summary>What an event breaks; a facet that is not ours must be one of the specification.</summary>
    public static IReadOnlyList<string> Problems(JsonNode @event) =>
    [
        .. Problems(s_event.Value, @event),
        .. FacetsIn(@event).SelectMany(facet => facet.Schema.StartsWith(Facets, StringComparison.Ordinal)
            ? Problems(new JsonSchemaBuilder().Ref(facet.Schema).Build(), facet.Value)
            : facet.Name.StartsWith("benchmark_", StringComparison.Ordinal) ? [] : [$"{facet.Name} has no schema"]),
    ];

    private static IEnumerable<string> Problems(JsonSchema schema, JsonNode value)
    {
        var result = schema.Evaluate(value, s_options);
        return result.IsValid
            ? []
            : result.Details.Where(detail => detail.HasErrors)
                .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value}"))
                .Prepend($"{value.GetPath()} is not valid");
    }

    private static IEnumerable<(string Name, string Schema, JsonNode Value)> FacetsIn(JsonNode node)
    {
        if (node is JsonArray array)
            return array.SelectMany(item => FacetsIn(item!));
        if (node is not JsonObject fields)
            return [];
        return fields.Where(field => field.Value is not null).SelectMany(field =>
            field.Value is JsonObject facet && facet["_schemaURL"] is { } schema
                ? [(field.Key, schema.GetValue<string>(), facet)]
                : FacetsIn(field.Value!));
    }
}
