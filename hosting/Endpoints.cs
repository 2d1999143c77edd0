using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Benchmark.Hosting;

/// <summary>What a process serves over HTTP: its health, and the pages that its services add.</summary>
public static class Endpoints
{
    /// <summary>
    /// Adds a service's pages to the one web server of this process; a process without one ignores them.
    /// </summary>
    public static void AddEndpoints(this IHostApplicationBuilder builder, Action<IEndpointRouteBuilder> map) =>
        builder.Services.AddSingleton(new EndpointRegistration(map));

    /// <summary>
    /// Makes this process open no port, as one wants it that does its work and ends: nobody asks for its health, and it
    /// must not fail because the port is taken.
    /// </summary>
    public static void OpenNoPort(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<IServer, NoServer>();

    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: so do its registry, volume, broker and
    /// databases; if not, the answer has the reasons.
    /// </summary>
    internal static void MapAddedEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Readiness.Tag),
            ResponseWriter = Readiness.WriteAsync,
        });
        foreach (var registration in app.Services.GetServices<EndpointRegistration>())
            registration.Map(app);
    }

    private sealed record EndpointRegistration(Action<IEndpointRouteBuilder> Map);

    /// <summary>Stands in for Kestrel, listens nowhere.</summary>
    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
