using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>One document of a rendered overlay.</summary>
internal sealed record Manifest(JsonObject Node)
{
    public string ApiVersion => Text("apiVersion");

    public string Kind => Text("kind");

    public string Name => Node["metadata"]!["name"]!.GetValue<string>();

    public JsonObject Spec => Node["spec"]!.AsObject();

    /// <summary>The template of its pods; null when it makes none.</summary>
    public JsonObject? PodTemplate => (Kind switch
    {
        "Deployment" or "Job" => Node["spec"]!["template"],
        "CronJob" => Node["spec"]!["jobTemplate"]!["spec"]!["template"],
        _ => null,
    })?.AsObject();

    public JsonObject? Pod => PodTemplate?["spec"]!.AsObject();

    public IReadOnlyDictionary<string, string> PodLabels => Texts(PodTemplate?["metadata"]?["labels"]);

    public IEnumerable<JsonObject> Containers => Objects(Pod?["initContainers"]).Concat(Objects(Pod?["containers"]));

    /// <summary>The container of the product: the first, as patches count them. A proxy comes after it.</summary>
    public JsonObject Main => Objects(Pod?["containers"]).First();

    public static IReadOnlyList<Manifest> ReadAll(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(document => new Manifest(Json(document.RootNode)!.AsObject()))];
    }

    public Manifest Copy() => new(Node.DeepClone().AsObject());

    public override string ToString() => $"{Kind} {Name}";

    public static IEnumerable<JsonObject> Objects(JsonNode? list) =>
        list?.AsArray().Select(item => item!.AsObject()) ?? [];

    public static IReadOnlyDictionary<string, string> Texts(JsonNode? map) =>
        map?.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>())
        ?? new Dictionary<string, string>();

    // A quoted scalar stays text: "600" is no number to the API.
    public static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(pair =>
            KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(text, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private string Text(string key) => Node[key]!.GetValue<string>();
}
