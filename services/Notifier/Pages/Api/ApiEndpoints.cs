using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Pages.Overview;
using Benchmark.Notifier.Pages.Runs;
using Benchmark.Notifier.Pages.Trouble;
using Benchmark.Notifier.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmark.Notifier.Pages.Api;

/// <summary>The pages as JSON for other programs, read-only, in the keys of the command line.</summary>
internal static class ApiEndpoints
{
    private const int Listed = 100;

    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = VolumeJson.Options.PropertyNamingPolicy;
            json.SerializerOptions.DefaultIgnoreCondition = VolumeJson.Options.DefaultIgnoreCondition;
            json.SerializerOptions.NumberHandling = VolumeJson.Options.NumberHandling;
            foreach (var converter in VolumeJson.Options.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        services.AddOpenApi(options =>
        {
            options.ShouldInclude = endpoint =>
                endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Benchmark";
                document.Info.Version = PageFrame.Product;
                document.Info.Description = "The pages as JSON. Read-only; signing in is as for the pages.";
                // The address it was asked for at, which people behind a proxy do not know.
                document.Servers = [];
                return Task.CompletedTask;
            });
        });
    }

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapOpenApi("/api/openapi.json");
        var api = pages.MapGroup("/api");
        api.MapGet("/models", ModelsAsync).WithSummary(
            "Every model: what is served, how its last refresh ended, how it drifted. What needs a person is first.");
        api.MapGet("/runs", RunsAsync).WithSummary("The newest 100 runs, newest first, with counts.");
        api.MapGet("/runs/{runId:guid}", RunAsync).WithSummary("A run with its models: benchmark runs RUN --json.");
        api.MapGet("/trouble", TroubleAsync).WithSummary(
            "What needs a person: registry, reports, error queues, models that are late.");
    }

    private static async Task<Ok<ApiModel[]>> ModelsAsync(
        string? stream, string? owner, string? state, string? name, ModelRows models, CancellationToken ct)
    {
        var filter = new OverviewFilter { Stream = stream, Owner = owner, State = state, Name = name };
        return TypedResults.Ok(filter.Of(await models.ReadAsync(ct)).Select(ApiModel.Of).ToArray());
    }

    private static async Task<Ok<IReadOnlyList<RunListing>>> RunsAsync(RunListings runs, CancellationToken ct) =>
        TypedResults.Ok(await runs.NewestAsync(Listed, ct));

    private static async Task<Results<Ok<RunSummary>, NotFound>> RunAsync(
        Guid runId, RunStore runs, CancellationToken ct) =>
        await runs.FindAsync(runId, ct) is { } run ? TypedResults.Ok(run.WithoutHints()) : TypedResults.NotFound();

    private static async Task<Ok<ApiTrouble>> TroubleAsync(Troubles troubles, CancellationToken ct) =>
        TypedResults.Ok(ApiTrouble.Of(await troubles.FindAsync(ct)));
}
