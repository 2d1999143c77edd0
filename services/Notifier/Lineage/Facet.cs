using System.Text.Json.Nodes;

namespace Benchmark.Notifier.Lineage;

/// <summary>A facet of OpenLineage: its fields, who made it, and the schema that it has.</summary>
internal static class Facet
{
    /// <summary>Who makes the events.</summary>
    public const string Producer = "urn:benchmark:notifier";

    private const string Spec = "https://openlineage.io/spec/facets";

    /// <summary>A facet of the specification.</summary>
    /// <param name="schema">Its name there.</param>
    /// <param name="version">The version of its schema.</param>
    /// <param name="fields">Its fields.</param>
    public static JsonObject Of(string schema, string version, JsonObject fields) =>
        With($"{Spec}/{version}/{schema}.json#/$defs/{schema}", fields);

    /// <summary>A facet of ours, whose name in the event begins with <c>benchmark_</c>.</summary>
    public static JsonObject Own(string name, JsonObject fields) => With($"urn:benchmark:facet:{name}:1", fields);

    private static JsonObject With(string schemaUrl, JsonObject fields)
    {
        fields["_producer"] = Producer;
        fields["_schemaURL"] = schemaUrl;
        return fields;
    }
}
