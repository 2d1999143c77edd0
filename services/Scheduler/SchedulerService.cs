using Benchmark.Contracts;
using Benchmark.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Scheduler;

/// <summary>Adds this service to a process: its own, or the one that holds all five.</summary>
public static class SchedulerService
{
    /// <summary>
    /// Adds the Scheduler with its clock: it emits what is due, and again at every slot unless told <c>--once</c>.
    /// </summary>
    public static void AddScheduler(this IHostApplicationBuilder builder)
    {
        var once = builder.Configuration["once"] == "true";
        if (once)
            builder.OpenNoPort();
        builder.AddRunStarter();
        builder.Services.AddOptions<SchedulerOptions>()
            .BindConfiguration(SchedulerOptions.Section)
            .Configure(options => options.Once |= once)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SlotMemory>();
        builder.Services.AddSingleton<DueRuns>();
        builder.Services.AddHostedService<ScheduleLoop>();
    }

    /// <summary>Adds only <see cref="RunStarter"/>, for a process in which a person says what is due.</summary>
    public static void AddRunStarter(this IHostApplicationBuilder builder)
    {
        builder.AddContracts();
        builder.AddMessageTags(RefreshTags.Of, RefreshTags.FailureOf);
        builder.AddPublished<RefreshRunStarted>();
        builder.Services.TryAddSingleton<RunStarter>();
    }
}
