using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>The page of each model, and the same as JSON.</summary>
internal static class ModelPages
{
    private const string Path = "/models/{valueStream}/{model}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, PageAsync);
        pages.MapGet($"/api{Path}", JsonAsync).WithSummary(
            "A model: versions, drift of each column over time, bins of the worst, checks, last refreshes.");
    }

    private static async Task<Page> PageAsync(
        string valueStream, string model, ModelDetailsReader reader, IRegistry registry, CancellationToken ct) =>
        await reader.ReadAsync(valueStream, model, ct) is { } details
            ? Page.Of<ModelPage>(details.Status.Name.ToString(), (nameof(ModelPage.Details), details))
            : Page.Of<NoSuchModel>(
                $"No model {valueStream}/{model}",
                (nameof(NoSuchModel.Nearest), NearestTo(valueStream, model, registry.Current)))
                .As(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ModelDetails>, ProblemHttpResult>> JsonAsync(
        string valueStream, string model, ModelDetailsReader reader, IRegistry registry, CancellationToken ct) =>
        await reader.ReadAsync(valueStream, model, ct) is { } details
            ? TypedResults.Ok(details)
            : TypedResults.Problem(
                $"The registry has no model {valueStream}/{model}.", statusCode: StatusCodes.Status404NotFound,
                title: "No such model", extensions: new Dictionary<string, object?>
                {
                    ["nearest"] = NearestTo(valueStream, model, registry.Current).Select(near => near.ToString()),
                });

    private static IReadOnlyList<ModelKey> NearestTo(string valueStream, string model, ModelRegistry registry)
    {
        var names = registry.Models.ToDictionary(known => known.Name.ToString(), known => known.Name);
        return [.. Nearest.To($"{valueStream}/{model}", names.Keys, count: 5).Select(name => names[name])];
    }
}
