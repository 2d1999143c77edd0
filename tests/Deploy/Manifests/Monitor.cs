using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>One monitor, in the form of Datadog's API.</summary>
internal sealed partial record Monitor(string Name, JsonObject Json)
{
    private const string Directory = "deploy/datadog/monitors";

    private static readonly JsonObject s_published =
        CustomSchemas.Published("datadoghq.com_datadogmonitors.yaml")["properties"]!["spec"]!["properties"]!.AsObject();

    public static IReadOnlyList<string> Names { get; } =
    [
        .. System.IO.Directory.GetFiles(RepositoryRoot.PathOf(Directory), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal),
    ];

    public string Query => $"{Json["query"]}";

    public string Message => $"{Json["message"]}";

    public static Monitor Read(string name) =>
        new(name, JsonNode.Parse(RepositoryRoot.Read($"{Directory}/{name}.json"))!.AsObject());

    /// <summary>
    /// What is wrong with it: a member that the API does not have, by the schema of the operator's own kind of monitor,
    /// whose members have the API's names in camel case; and thresholds that are not the query's.
    /// </summary>
    public IReadOnlyList<string> Problems()
    {
        var options = s_published["options"]!["properties"]!;
        return
        [
            .. Unknown("the monitor", Json, s_published),
            .. Unknown("options", Json["options"]!.AsObject(), options.AsObject()),
            .. Unknown("thresholds", Json["options"]!["thresholds"]!.AsObject(),
                options["thresholds"]!["properties"]!.AsObject()),
            .. Thresholds(),
        ];
    }

    private IEnumerable<string> Thresholds()
    {
        var asked = double.Parse(Query.Split('>')[^1], CultureInfo.InvariantCulture);
        var critical = double.Parse(
            Json["options"]!["thresholds"]!["critical"]!.ToJsonString(), CultureInfo.InvariantCulture);
        if (asked != critical)
            yield return $"{Name}: the query says {asked} and thresholds.critical {critical}";
    }

    private IEnumerable<string> Unknown(string where, JsonObject map, JsonObject published) =>
        map.Where(pair => !published.ContainsKey(InCamelCase(pair.Key)))
            .Select(pair => $"{Name}: {where} has no {pair.Key}");

    private static string InCamelCase(string name) =>
        LetterOfAWord().Replace(name, match => match.Groups[1].Value.ToUpperInvariant());

    [GeneratedRegex("_([a-z])")]
    private static partial Regex LetterOfAWord();
}
