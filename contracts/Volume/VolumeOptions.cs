using System.ComponentModel.DataAnnotations;

namespace Benchmark.Contracts.Volume;

/// <summary>Where the volume is mounted. Configuration section <c>Volume</c>.</summary>
public sealed class VolumeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Volume";

    /// <summary>The directory where the volume is mounted. Default <c>./efs</c>.</summary>
    [Required]
    public string Root { get; set; } = "./efs";
}
