using System.ComponentModel.DataAnnotations;

namespace Benchmark.Notifier;

/// <summary>Where this process keeps what must survive a restart. Configuration section <c>State</c>.</summary>
public sealed class StateOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "State";

    /// <summary>
    /// A directory on a local disk or block volume (SQLite's WAL does not work over NFS): the SQLite database, mail
    /// that is written to files, and the log of commands. Default <c>./state</c>.
    /// </summary>
    [Required]
    public string Directory { get; set; } = "./state";
}
