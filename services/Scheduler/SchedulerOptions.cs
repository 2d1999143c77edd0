using System.ComponentModel.DataAnnotations;

namespace Benchmark.Scheduler;

/// <summary>How the Scheduler keeps its clock. Configuration section <c>Scheduler</c>.</summary>
public sealed class SchedulerOptions
{
    /// <summary>Emit what is due and end, as a CronJob wants it: <c>--once</c>. Default false.</summary>
    public bool Once { get; set; }

    /// <summary>How long the bus may take to accept one slot's run. Default 25 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How often the clock looks at the registry's schedules at least. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(30);
}
