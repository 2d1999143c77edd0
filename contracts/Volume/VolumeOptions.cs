using System.ComponentModel.DataAnnotations;

namespace Benchmark.Contracts.Volume;

/// <summary>Where the volume is mounted. Configuration section <c>Volume</c>.</summary>
public sealed class VolumeOptions
{
    /// <summary>The mount point: <c>BENCHMARK_ROOT</c>, <c>--root</c>. Default <c>./efs</c>.</summary>
    [Required]
    public string Root { get; set; } = "./efs";
}
