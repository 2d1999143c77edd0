using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Hosting;

/// <summary>What a process serves over HTTP: its health, and the pages that its services add.</summary>
public static class Endpoints
{
    /// <summary>Adds a service's pages to the one web server of this process; a process without one ignores them.</summary>
    public static void AddEndpoints(this IHostApplicationBuilder builder, Action<IEndpointRouteBuilder> map) =>
        builder.Services.AddSingleton(new EndpointRegistration(map));

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: its broker and databases do, too.</summary>
    internal static void MapAddedEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        foreach (var registration in app.Services.GetServices<EndpointRegistration>())
            registration.Map(app);
    }

    private sealed record EndpointRegistration(Action<IEndpointRouteBuilder> Map);
}
