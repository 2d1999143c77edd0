using System.Text;
using Benchmark.Cli.Stability.Files;

namespace Benchmark.Cli.Init;

/// <summary>What DuckDB is told about a file, as an option of its function.</summary>
/// <param name="Option">The option, such as <c>encoding = 'latin-1'</c>.</param>
/// <param name="Why">Why it is there.</param>
internal sealed record Setting(string Option, string Why);

/// <summary>How a file is read.</summary>
/// <param name="File">The file.</param>
/// <param name="Settings">What DuckDB is told.</param>
internal sealed record FileReading(DataFile File, IReadOnlyList<Setting> Settings)
{
    /// <summary>The first rows of delimited text; null for other forms.</summary>
    public FileHead? Head { get; init; }

    /// <summary>How delimited text is encoded.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>What is peculiar about the file, and is no setting.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What is peculiar about a column's name, by that name.</summary>
    public IReadOnlyDictionary<string, string> NameRemarks { get; init; } = new Dictionary<string, string>();

    /// <summary>A file as DuckDB reads it by itself.</summary>
    public static FileReading Of(DataFile file) => new(file,
        file.Format != FileFormat.Parquet && FileFormats.IsGzip(file.Paths[0])
        && !file.Given.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? [new Setting("compression = 'gzip'", "It is compressed, which its name does not say.")] : []);

    /// <summary>What stands after FROM.</summary>
    public string Relation => RelationOf(File.Pattern);

    /// <summary>The query for all of it.</summary>
    public string Query => $"SELECT * FROM {Relation}";

    /// <summary>What stands after FROM to read one file of several.</summary>
    public string RelationOf(string pattern)
    {
        var options = string.Concat(Settings.Select(setting => $", {setting.Option}"));
        return $"{Function}({SqlText.Literal(pattern)}{options})";
    }

    /// <summary>The same with one setting more.</summary>
    public FileReading With(Setting setting) => this with { Settings = [.. Settings, setting] };

    /// <summary>A model that is read so.</summary>
    public ModelDraft Draft(ModelDraft model) => model with
    {
        Query = Query,
        Remarks = [.. Remarks, .. Settings.Select(setting => $"{setting.Option}: {setting.Why}")],
        ColumnRemarks = NameRemarks,
        TypesAreGuessed = File.Format != FileFormat.Parquet,
    };

    private string Function => File.Format switch
    {
        FileFormat.Parquet => "read_parquet",
        FileFormat.Json => "read_json",
        _ => "read_csv",
    };
}
