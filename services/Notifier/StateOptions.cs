using System.ComponentModel.DataAnnotations;

namespace Benchmark.Notifier;

/// <summary>Where this process keeps what must survive it. Configuration section <c>State</c>.</summary>
public sealed class StateOptions
{
    /// <summary>
    /// A directory on a local disk or block volume (SQLite's WAL does not work over NFS): <c>BENCHMARK_STATE</c>,
    /// <c>--state</c>. Default <c>./state</c>.
    /// </summary>
    [Required]
    public string Directory { get; set; } = "./state";
}
