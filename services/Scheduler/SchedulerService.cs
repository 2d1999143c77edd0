using Benchmark.Contracts;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Scheduler;

/// <summary>Adds this service to a process: its own, or the one that holds all five.</summary>
public static class SchedulerService
{
    /// <summary>Adds the Scheduler's consumers and what they need.</summary>
    public static TBuilder AddScheduler<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddContracts();
        return builder;
    }
}
