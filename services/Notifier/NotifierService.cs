using Benchmark.Contracts;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Notifier;

/// <summary>Adds this service to a process: its own, or the one that holds all five.</summary>
public static class NotifierService
{
    /// <summary>Adds the Notifier's consumers and what they need.</summary>
    public static TBuilder AddNotifier<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddContracts();
        return builder;
    }
}
