using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Registry.Document;
using Benchmark.Tests.Support;
using NJsonSchema;

namespace Benchmark.Contracts.Tests;

public sealed class Describing_the_registry : IDisposable
{
    private const string Begin = "<!-- keys: made of the types, checked by tests/Contracts -->\n";
    private const string End = "<!-- end of keys -->\n";

    private readonly RegistryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keeps_the_committed_schema_as_the_types_make_it() =>
        Approved.Match("docs/models.schema.json", RegistrySchema.Generate());

    [Fact]
    public void Keeps_the_documented_keys_as_the_types_make_them()
    {
        var document = RepositoryRoot.Read("docs/registry.md");
        var (begin, end) = (
            document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));

        Approved.Match("docs/registry.md", document[..(begin + Begin.Length)] + KeyTable() + document[end..]);
    }

    [Fact]
    public void Reads_every_example_of_the_documentation()
    {
        var document = RepositoryRoot.Read("docs/registry.md");
        var examples = document.Split("```yaml\n")[1..]
            .Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToList();
        _folder.Write("sql/model_y.sql", "select 1");
        _folder.Environment["RISK_PASSWORD"] = "secret";

        examples.Should().NotBeEmpty().And.AllSatisfy(example =>
        {
            _folder.Read(example).Models.Should().NotBeEmpty();
            Violations(example).Should().BeEmpty();
        });
    }

    [Fact]
    public void Offers_the_kinds_there_are()
    {
        var kind = Section.Keys(typeof(SourceSection)).Single(key => key.Name == "kind");

        kind.Words.Should().Equal(SourceDefinition.Kinds);
    }

    [Fact]
    public void Accepts_by_schema_what_the_reader_accepts()
    {
        Violations(Reading_a_registry.Sample).Should().BeEmpty();
    }

    [Theory]
    [InlineData("version: 2", "version: 1")]
    [InlineData("treshold: 0.1", "threshold: 0.05")]
    [InlineData("threshold: 1.5", "threshold: 0.05")]
    [InlineData("threshold: many", "threshold: 0.05")]
    [InlineData("keep_versions: 0", "keep_versions: 12")]
    [InlineData("kind: snowflak", "kind: snowflake")]
    [InlineData("../../etc:", "model_x:")]
    [InlineData("schema: freez", "schema: freeze")]
    [InlineData("key: application_id", "key: [application_id]")]
    [InlineData("email: [nobody]", "email: [model-risk@bank.example]")]
    [InlineData("owner: o\n        query: select 1", "owner: risk-analytics@bank.example")]
    [InlineData("slack: true, on: failure", "slack: true")]
    [InlineData("slack: true, webhook: ftp://files.bank.example", "slack: true")]
    [InlineData("slack: true, failures: {email: [nobody]}", "slack: true")]
    [InlineData("role: target", "role: score")]
    [InlineData("max_age: 40", "max_age: 40d")]
    [InlineData("special: -999", "special: [-999]")]
    [InlineData("edges: 18.5", "edges: [18.5, 40, 65]")]
    [InlineData("closed: both", "closed: left")]
    [InlineData("groups: [CH]", "groups: {home: [CH, LI], euro: [DE, FR]}")]
    [InlineData("points: {home: high}", "points: {home: 12, euro: -3}")]
    [InlineData("comment: {drift: of}", "comment: {drift: off}")]
    [InlineData("{connection: \"a\"}", "{kind: snowflake, connection: \"${SNOWFLAKE_CONN}\"}")]
    public void Refuses_by_schema_what_the_reader_refuses(string mistake, string right)
    {
        Reading_a_registry.Sample.Should().Contain(right);
        var yaml = Reading_a_registry.Sample.Replace(right, mistake, StringComparison.Ordinal);

        _folder.Problems(yaml).Should().NotBeEmpty();
        Violations(yaml).Should().NotBeEmpty();
    }

    private static List<string> Violations(string yaml)
    {
        var schema = JsonSchema.FromJsonAsync(RegistrySchema.Generate()).GetAwaiter().GetResult();
        var json = ToJson(YamlReader.Read("models.yaml", yaml, new Problems())!)!.ToJsonString();
        return [.. schema.Validate(json).Select(violation => $"{violation}")];
    }

    // What an editor makes of YAML before it holds it against the schema.
    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, ToJson(e.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { Plain: true, Text: "true" or "false" } word => JsonValue.Create(word.Text == "true"),
        YamlScalar { Plain: true } plain
            when decimal.TryParse(plain.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        YamlScalar text => JsonValue.Create(text.Text),
        _ => throw new NotSupportedException(node.Kind),
    };

    private static string KeyTable()
    {
        var table = new StringBuilder("| key | in | holds | default | meaning |\n|---|---|---|---|---|\n");
        Rows(table, "", "file", Section.Keys(typeof(RegistryDocument)));
        Rows(table, "sources.*.", "file", Section.Keys(typeof(SourceSection)));
        Rows(table, "value_streams.*.", "file", Section.Keys(typeof(ValueStreamSection)));
        Rows(table, "value_streams.*.common.", "file", Section.Keys(typeof(CommonSection)));
        Rows(table, "", "model", Section.Keys(typeof(ModelSection))
            .Where(key => key.Property.DeclaringType == typeof(ModelSection)));
        Rows(table, "columns.*.", "model", Section.Keys(typeof(ColumnSection)));
        Rows(table, "", "defaults, model", Section.Keys(typeof(DefaultsSection)));
        Rows(table, "rows.", "defaults, model", Section.Keys(typeof(RowsSection)));
        Rows(table, "notify.", "defaults, model", Section.Keys(typeof(NotifySection)));
        Rows(table, "notify.failures.", "defaults, model", Section.Keys(typeof(RecipientsSection)));
        Rows(table, "drift.", "defaults, model, column", Section.Keys(typeof(DriftSection)));
        Rows(table, "drift.", "defaults, model",
            Section.Keys(typeof(ModelDriftSection))
                .Where(key => key.Property.DeclaringType == typeof(ModelDriftSection)));
        Rows(table, "drift.", "column",
            Section.Keys(typeof(ColumnDriftSection))
                .Where(key => key.Property.DeclaringType == typeof(ColumnDriftSection)));
        return table.ToString();
    }

    private static void Rows(StringBuilder table, string path, string place, IEnumerable<SectionKey> keys)
    {
        foreach (var key in keys)
            table.Append(CultureInfo.InvariantCulture,
                $"| `{path}{key.Name}` | {place} | {KeyForm.Of(key)} | {Default(key)} | {key.Description} |\n");
    }

    private static string Default(SectionKey key) => key.Default switch
    {
        null => key.Required ? "required" : "",
        bool flag => flag ? "`true`" : "`false`",
        Enum word => $"`{JsonSerializer.SerializeToElement(word, word.GetType()).GetString()}`",
        var other => $"`{Convert.ToString(other, CultureInfo.InvariantCulture)}`",
    };
}
