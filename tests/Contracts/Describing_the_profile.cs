using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Tests.Support;
using NJsonSchema;

namespace Benchmark.Contracts.Tests;

public sealed class Describing_the_profile
{
    private static readonly JsonSerializerOptions s_indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Keeps_the_committed_schema_as_the_types_make_it() =>
        Approved.Match("docs/profile.schema.json", Schema());

    [Fact]
    public async Task Accepts_by_schema_what_is_written()
    {
        var schema = await JsonSchema.FromJsonAsync(Schema());
        var score = new ColumnProfile
        {
            Name = "score",
            Type = ColumnType.Number,
            Count = 3,
            Nulls = 0,
            Distinct = 3,
            Min = "1",
            Max = "3",
            Mean = 2,
            Stddev = double.PositiveInfinity,
            Quantiles = new Dictionary<string, double> { ["0.50"] = 2 },
            Top = [new ValueCount { Value = "1", Count = 1 }],
            Bins = new FrozenBins { Kind = BinKind.Quantile, Edges = [1.5], Counts = [1, 2], Missing = 0 },
        };
        var chosen = new FrozenBins
        {
            Kind = BinKind.Edges,
            Edges = [1.5],
            Closed = ClosedSide.Left,
            Groups = [["a", "b"]],
            Counts = [1, 1],
            Special = [new ValueCount { Value = "-999", Count = 1 }],
            Missing = 0,
        };
        var profile = new Profile { Rows = 3, Columns = [score, score with { Bins = chosen }] };

        schema.Validate(JsonSerializer.Serialize(profile, VolumeJson.Options)).Should().BeEmpty();
        schema.Validate("""{"rows": 3}""").Should().NotBeEmpty();
    }

    private static string Schema()
    {
        var options =
            new JsonSerializerOptions(VolumeJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var schema = (JsonObject)options.GetJsonSchemaAsNode(
            typeof(Profile), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "profile.json of a version: benchmark-profile/1");
        return schema.ToJsonString(s_indented) + "\n";
    }
}
