using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Benchmark.Notifier.Pages.Runs;

/// <summary>The newest runs, and the page of each.</summary>
internal static class RunPages
{
    private const int Listed = 100;

    // A run of minutes is watched; more often would only load the database.
    private const int LiveSeconds = 5;

    private const int RequestedSeconds = 2;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/runs", async (RunListings runs, CancellationToken ct) => Page.Of<RunListPage>(
            "Runs", (nameof(RunListPage.Runs), await runs.NewestAsync(Listed, ct))));
        pages.MapGet("/runs/{runId:guid}", ShowAsync);
        pages.MapGet("/runs/{runId:guid}/report", Report);
    }

    private static async Task<IResult> ShowAsync(
        Guid runId, bool? requested, RunStore runs, VolumeLayout volume, IRegistry registry, CancellationToken ct)
    {
        if (await runs.FindAsync(runId, ct) is not { } run)
            return requested == true
                ? Page.Of<RequestedPage>("Run requested", RequestedSeconds, (nameof(RequestedPage.Run), runId))
                : NotKnown(runId);
        var view = new RunView
        {
            Run = run,
            Registry = Current(registry),
            Deliveries = await runs.DeliveriesAsync(runId, ct),
            HasReport = Posix.Exists(volume.Report(runId)),
        };
        return Page.Of<RunPage>(
            $"Run of {Say.Time(run.StartedAt)}", view.IsOpen ? LiveSeconds : null, (nameof(RunPage.View), view));
    }

    private static ModelRegistry? Current(IRegistry registry)
    {
        try
        {
            return registry.Current;
        }
        catch (RegistryException)
        {
            // The run is shown all the same; the page of trouble has the registry's problems.
            return null;
        }
    }

    private static IResult Report(Guid runId, HttpContext context, VolumeLayout volume)
    {
        var path = volume.Report(runId);
        if (!Posix.IsFile(path))
            return Page.Problem(
                StatusCodes.Status404NotFound, "No report", $"There is no report of run {runId} on the volume.");
        // The report is one file: its style sheet is within, and it has no script either.
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'; sandbox allow-popups allow-top-navigation-by-user-activation";
        return Results.File(path, "text/html; charset=utf-8");
    }

    private static Page NotKnown(Guid runId) => Page.Problem(
        StatusCodes.Status404NotFound, "No such run", $"Run {runId} is not in the database.");
}
