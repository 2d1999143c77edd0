using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Benchmark.Contracts.Registry.Document;

[Description("The models whose benchmarks are kept, and where their rows come from.")]
internal sealed class RegistryDocument : Section
{
    [Required, AllowedValues(1)]
    [Description("The form of this file: 1.")]
    public int? Version { get; set; }

    [Description("What holds for every model that does not say otherwise.")]
    public DefaultsSection? Defaults { get; set; }

    [RegularExpression($"^{SafeName.Pattern}$", ErrorMessage = $"a name ({SafeName.Pattern})")]
    [Description(
        "Where rows come from, by name. Without any there is one: snowflake, with connection ${SNOWFLAKE_CONN}.")]
    public IReadOnlyDictionary<string, SourceSection>? Sources { get; set; }

    [RegularExpression($"^{SafeName.Pattern}$", ErrorMessage = $"a name ({SafeName.Pattern})")]
    [Description("The value streams by name: the first directory on the volume.")]
    public IReadOnlyDictionary<string, ValueStreamSection>? ValueStreams { get; set; }
}

[Description("A place that rows come from.")]
internal sealed class SourceSection : Section
{
    [Required, SourceKind]
    [Description("Which kind of database.")]
    public string? Kind { get; set; }

    [Required]
    [Description("The driver's connection string; ${NAME} is replaced from the environment.")]
    public string? Connection { get; set; }

    [Range(1, 100), DefaultValue(4)]
    [Description(
        "Fetches that one process runs against it at a time; a Fetcher runs 4 in all, or as many as it has cores, "
        + "unless its setting Fetcher:ConcurrentFetches says otherwise.")]
    public int? MaxConcurrentFetches { get; set; }

    [DefaultValue(false)]
    [Description("Whether a Snowflake password is accepted; a key pair or token otherwise.")]
    public bool? AllowPassword { get; set; }

    [OneOrMore]
    [RegularExpression(@"\S", ErrorMessage = "a path")]
    [Description(
        "Of a duckdb source: the files and directories that its queries may read beside the database file, such as "
        + "data/ for read_csv('data/x.csv'); a relative path starts at the working directory. Default: none.")]
    public IReadOnlyList<Written>? Files { get; set; }
}

/// <summary>Allows <see cref="SourceDefinition.Kinds"/>, where an attribute could only repeat them.</summary>
internal sealed class SourceKindAttribute() : AllowedValuesAttribute([.. SourceDefinition.Kinds]);

[Description("Models that share a directory, defaults and a shared dataset.")]
internal sealed class ValueStreamSection : Section
{
    [Description("What holds for every model of this value stream that does not say otherwise.")]
    public DefaultsSection? Defaults { get; set; }

    [Description("What the value stream's models share.")]
    public CommonSection? Common { get; set; }

    [RegularExpression($"^{SafeName.Pattern}$", ErrorMessage = $"a name ({SafeName.Pattern})")]
    [Description("The models by name: the second directory on the volume.")]
    public IReadOnlyDictionary<string, ModelSection>? Models { get; set; }
}

[Description("What a value stream's models share.")]
internal sealed class CommonSection : Section
{
    [Description("The shared dataset, refreshed like a model into common/shared_data.csv.")]
    public ModelSection? SharedData { get; set; }
}
