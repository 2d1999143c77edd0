using System.ComponentModel.DataAnnotations;

namespace Benchmark.Contracts.Registry;

/// <summary>Where the list of models is. Configuration section <c>Registry</c>.</summary>
public sealed class RegistryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Registry";

    /// <summary>
    /// A YAML file, or a directory of YAML files and flat keys that are merged. Default <c>./models.yaml</c>.
    /// </summary>
    [Required]
    public string Path { get; set; } = "./models.yaml";

    /// <summary>How often the files are checked for changes, in addition to the file watch. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);
}
