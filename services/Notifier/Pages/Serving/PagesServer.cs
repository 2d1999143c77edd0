using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Benchmark.Notifier.Database;
using Benchmark.Notifier.Pages.Api;
using Benchmark.Notifier.Pages.Models;
using Benchmark.Notifier.Pages.Overview;
using Benchmark.Notifier.Pages.Runs;
using Benchmark.Notifier.Pages.Trouble;
using Benchmark.Notifier.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Pages.Serving;

/// <summary>
/// Serves the pages with a web server of their own: what reaches their port reaches no metrics, and what reaches the
/// port of health reaches no page, whatever a request calls its host.
/// </summary>
internal sealed class PagesServer(IServiceProvider process, IOptions<PagesOptions> options) : IHostedService
{
    private WebApplication? _pages;

    /// <summary>Where the pages are served; null when they are not.</summary>
    public string? Address => _pages?.Urls.FirstOrDefault();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Address is not { Length: > 0 } address)
            return;
        _pages = Build(address);
        try
        {
            await _pages.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            // Not its inner exception: of a port that is taken, the host would speak as if it were that of health.
            throw new IOException($"The pages cannot be served at {address}: {e.Message} Stop what listens there, or "
                + "name another address with Pages__Address, for example http://localhost:8091; empty for no pages.");
        }
        process.GetRequiredService<ILogger<PagesServer>>().PagesServed(Address!);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_pages is null)
            return;
        await _pages.StopAsync(cancellationToken);
        await _pages.DisposeAsync();
    }

    private WebApplication Build(string address)
    {
        // Reads neither ASPNETCORE_URLS nor a settings file: those are of the process's other server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The largest request is a form of a few names.
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
        });
        builder.WebHost.UseUrls(address);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, LifetimeOfProcess>();
        AddFacts(builder.Services);
        var pages = builder.Build();
        pages.UsePageHeaders();
        pages.UsePageFailures();
        pages.Use(pages.Services.GetRequiredService<SignIn>().HandleAsync);
        pages.UseRouting();
        MapPages(pages);
        return pages;
    }

    // The same objects as in the process, which also disposes of them.
    private void AddFacts(IServiceCollection services)
    {
        services.AddSingleton(process.GetRequiredService<ILoggerFactory>());
        services.AddSingleton(process.GetRequiredService<TimeProvider>());
        services.AddSingleton(process.GetRequiredService<IRegistry>());
        services.AddSingleton(process.GetRequiredService<VolumeLayout>());
        services.AddSingleton(process.GetRequiredService<RunDatabase>());
        services.AddSingleton(process.GetRequiredService<RunStore>());
        services.AddSingleton(process.GetRequiredService<PageLinks>());
        services.AddSingleton(options);
        services.AddSingleton(ServiceIdentity.Of(process.GetRequiredService<IConfiguration>(), "notifier"));
        services.AddSingleton<ServedHistory>();
        services.AddSingleton<ModelRows>();
        services.AddHostedService<FirstLook>();
        services.AddSingleton<ModelDetailsReader>();
        services.AddSingleton<RunListings>();
        services.AddSingleton<SignIn>();
        services.AddSingleton(ActivatorUtilities.CreateInstance<RequestedRuns>(process));
        services.AddSingleton<RefreshButtons>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Troubles>(
            process, provider.GetRequiredService<ModelRows>()));
        services.AddApi();
    }

    private static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/pages.css", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(StyleSheet.Content, "text/css; charset=utf-8");
        });
        OverviewPages.Map(pages);
        RunPages.Map(pages);
        RefreshButtons.Map(pages);
        ModelPages.Map(pages);
        TroublePages.Map(pages);
        ApiEndpoints.Map(pages);
        pages.MapFallback((HttpContext context) => PageFailures.Of(
            context, StatusCodes.Status404NotFound, "No such page", "There is nothing at this address."));
    }

    /// <summary>Leaves signals to the process, which stops this server with its other parts.</summary>
    private sealed class LifetimeOfProcess : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
