using System.ComponentModel.DataAnnotations;

namespace Benchmark.Scheduler;

/// <summary>When the Scheduler starts runs. Configuration section <c>Scheduler</c>.</summary>
public sealed class SchedulerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Scheduler";

    /// <summary>Start the runs that are due and exit, for a CronJob. Default false.</summary>
    public bool Once { get; set; }

    /// <summary>How long the broker may take to accept the messages of one run. Default 25 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Longest wait before the registry's schedules are checked again. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(30);
}
