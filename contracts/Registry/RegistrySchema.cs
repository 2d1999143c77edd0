using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry;

/// <summary>The JSON Schema of the registry's file, for editors: made of the types that read it.</summary>
public static class RegistrySchema
{
    private static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema, draft-07, indented.</summary>
    public static string Generate()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Benchmark registry",
        };
        foreach (var (name, value) in OfSection(typeof(RegistryDocument)).ToList())
            schema[name] = value?.DeepClone();
        return schema.ToJsonString(s_indented) + "\n";
    }

    private static JsonObject OfSection(Type type)
    {
        var properties = new JsonObject();
        foreach (var key in Section.Keys(type))
            properties[key.Name] = OfKey(key);
        var required = Section.Keys(type).Where(k => k.Required).Select(k => k.Name).ToList();
        var schema = new JsonObject
        {
            ["description"] = type.GetCustomAttribute<DescriptionAttribute>()!.Description,
            // A mapping of which every line is commented out is empty, not wrong.
            ["type"] = required.Count > 0 ? "object" : Array("object", "null"),
            ["properties"] = properties,
            ["patternProperties"] = new JsonObject { ["^x-"] = new JsonObject() },
            ["additionalProperties"] = false,
        };
        if (required.Count > 0)
            schema["required"] = Array([.. required]);
        if (type == typeof(ModelSection))
        {
            schema["type"] = "object";
            schema["oneOf"] = new JsonArray(
                [.. ((string[])["table", "query", "query_file"])
                    .Select(way => new JsonObject { ["required"] = Array(way) })]);
        }
        return schema;
    }

    private static JsonObject OfKey(SectionKey key)
    {
        var schema = OfType(key);
        schema["description"] = key.Description;
        if (key.Default is { } value)
            schema["default"] = value is Enum
                ? JsonSerializer.SerializeToNode(value, value.GetType()) : JsonValue.Create(value);
        return schema;
    }

    private static JsonObject OfType(SectionKey key)
    {
        if (key.Type == typeof(ColumnDriftSection))
            return new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["enum"] = new JsonArray("off", false) }, OfSection(key.Type)),
            };
        if (typeof(Section).IsAssignableFrom(key.Type))
            return OfSection(key.Type);
        if (KeyForm.Value(key.Type) is { } named)
            return ByName(key, named);
        return KeyForm.Item(key.Type) is null
            ? Single(key, key.Type)
            : ListOf(key, KeyForm.Item(key.Type)!);
    }

    // patternProperties and not propertyNames, which not every reader of schemas knows.
    private static JsonObject ByName(SectionKey key, Type named) => key.Pattern is { } pattern
        ? new JsonObject
        {
            ["type"] = Array("object", "null"),
            ["patternProperties"] = new JsonObject { [pattern.Pattern] = OfSection(named) },
            ["additionalProperties"] = false,
        }
        : new JsonObject { ["type"] = Array("object", "null"), ["additionalProperties"] = OfNamed(key, named) };

    private static JsonObject OfNamed(SectionKey key, Type named) =>
        typeof(Section).IsAssignableFrom(named) ? OfSection(named)
        : KeyForm.Item(named) is { } item ? ListOf(key, item)
        : Single(key, named);

    private static JsonObject ListOf(SectionKey key, Type item)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Single(key, item) };
        return key.OneOrMore ? new JsonObject { ["anyOf"] = new JsonArray(Single(key, item), list) } : list;
    }

    private static JsonObject Single(SectionKey key, Type type)
    {
        if (key.AllowedValues is { } allowed)
            return new JsonObject { ["enum"] = JsonSerializer.SerializeToNode(allowed.Values) };
        if (key.Words is { } words)
            return new JsonObject { ["enum"] = Array([.. words]) };
        if (type == typeof(TimeSpan))
            return new JsonObject { ["type"] = "string", ["pattern"] = Durations.Pattern };
        if (key.Pattern is { } pattern)
            return new JsonObject { ["type"] = "string", ["pattern"] = pattern.Pattern };

        var schema = new JsonObject { ["type"] = TypeOf(type) };
        if (key.Limits is { } limits)
        {
            schema["minimum"] = Number(limits.Minimum);
            if (Convert.ToDouble(limits.Maximum, CultureInfo.InvariantCulture) < long.MaxValue)
                schema["maximum"] = Number(limits.Maximum);
        }
        return schema;
    }

    private static JsonNode TypeOf(Type type) =>
        type == typeof(int) || type == typeof(long) ? "integer"
        : type == typeof(double) ? "number"
        : type == typeof(bool) ? "boolean"
        : type == typeof(string) ? "string"
        : Array("string", "number", "boolean");

    private static JsonNode Number(object limit) =>
        JsonValue.Create(Convert.ToDecimal(limit, CultureInfo.InvariantCulture));

    private static JsonArray Array(params string[] items) => [.. items.Select(item => JsonValue.Create(item))];
}
