using System.CommandLine;
using Benchmark.Contracts.Registry;
using Benchmark.Scheduler;

namespace Benchmark.Cli;

/// <summary>The options of <c>benchmark check</c> that name a CronJob, and what is wrong with it.</summary>
internal static class CronJobOptions
{
    public static Option<string> Cron { get; } = new("--cron")
    {
        Description = "The schedule of the CronJob that runs the Scheduler with --once: is every slot started in time?",
        HelpName = "expression",
    };

    public static Option<string> TimeZone { get; } = new("--time-zone")
    {
        Description = "The time zone of --cron, an IANA name [default: UTC]",
        HelpName = "name",
    };

    /// <summary>Every schedule of the registry that the CronJob leaves uncovered; none without a CronJob.</summary>
    /// <exception cref="UsageException">An option is no cron expression or time zone, or stands alone.</exception>
    public static IReadOnlyList<RegistryProblem> Problems(Invocation invocation, ModelRegistry? registry)
    {
        var (cron, zone) = (invocation.Value(Cron), invocation.Value(TimeZone));
        if (cron is null)
            return zone is null ? [] : throw new UsageException("--time-zone belongs to --cron, which is not given.");
        zone ??= "UTC";
        Require("--cron", ScheduleRules.ProblemWithCron(cron));
        if (CronJobRules.Problem(cron) is { } refused)
            throw new UsageException($"--cron: '{cron}' is no schedule of a CronJob. {refused}");
        Require("--time-zone", ScheduleRules.ProblemWithTimeZone(zone));
        return registry is null
            ? [] : CronJobCoverage.Problems(cron, zone, registry.Models, TimeProvider.System.GetUtcNow());
    }

    private static void Require(string option, ScheduleProblem? problem)
    {
        if (problem is not null)
            throw new UsageException($"{option}: {problem.Problem} {problem.Hint}");
    }
}
