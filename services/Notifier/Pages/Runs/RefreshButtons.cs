using Benchmark.Contracts;
using Benchmark.Notifier.Pages.Serving;
using Benchmark.Notifier.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Pages.Runs;

/// <summary>The buttons of a run's page: refresh what failed, refresh this one.</summary>
internal sealed class RefreshButtons(RunStore runs, RequestedRuns requested, IOptions<PagesOptions> options)
{
    /// <summary>
    /// The field with the id of the run to start, made with the page: a second click is the same run.
    /// </summary>
    public const string NewRun = "as";

    /// <summary>The field with the one model to refresh.</summary>
    public const string Model = "model";

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapPost("/runs/{runId:guid}/refresh",
            (Guid runId, HttpContext context, RefreshButtons buttons, CancellationToken ct) =>
                buttons.PressAsync(runId, context, ct));

    private async Task<IResult> PressAsync(Guid runId, HttpContext context, CancellationToken ct)
    {
        if (!context.Request.HasFormContentType)
            return PageFailures.Of(context, StatusCodes.Status415UnsupportedMediaType, "Not a form of these pages",
                "This address is for the buttons of a run's page.");
        var form = await context.Request.ReadFormAsync(ct);
        if (OwnForms.Refusal(context, form, options.Value) is { } refusal)
            return refusal;
        if (!Guid.TryParse(form[NewRun], out var newRun) || await runs.FindAsync(runId, ct) is not { } run)
            return PageFailures.Of(context, StatusCodes.Status404NotFound, "No such run",
                $"Run {runId} is not in the database.");
        if (run.State == RunState.Running)
            return PageFailures.Of(context, StatusCodes.Status409Conflict, "The run is still open",
                "Wait until it closes: what it has not refreshed by then can be refreshed from its page.");

        var models = Of(run, form[Model]);
        var isKnown = await runs.FindAsync(newRun, ct) is not null;
        return isKnown || await requested.StartAsync(
            newRun, models, context.User.Identity!.Name!, $"from the page of run {runId}", ct)
            ? new SeeOther($"{PageLinks.PathOf(newRun)}?requested=true")
            : PageFailures.Of(context, StatusCodes.Status409Conflict, "Nothing to refresh",
                "None of these models is in the registry any more.");
    }

    private static IEnumerable<ModelKey> Of(RunSummary run, string? model) => run.Models
        .Where(refresh => string.IsNullOrEmpty(model)
            ? RunView.HasFailed(refresh) : refresh.Name.ToString() == model)
        .Select(refresh => refresh.Name);

    /// <summary>
    /// The answer to a form: the browser asks for a page, which can be reloaded without sending it again.
    /// </summary>
    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
