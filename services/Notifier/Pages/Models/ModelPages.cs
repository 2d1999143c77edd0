using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>The page of each model, and the same as JSON.</summary>
internal static class ModelPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/models/{valueStream}/{model}", async (
            string valueStream, string model, IRegistry registry, VolumeLayout volume, RunStore runs, TimeProvider time,
            CancellationToken ct) =>
            await ReadAsync(valueStream, model, registry, volume, runs, time, ct) is { } details
                ? Page.Of<ModelPage>(details.Status.Name.ToString(), (nameof(ModelPage.Details), details))
                : Page.Of<NoSuchModel>(
                    $"No model {valueStream}/{model}",
                    (nameof(NoSuchModel.Nearest), NearestTo(valueStream, model, registry.Current)))
                    .As(StatusCodes.Status404NotFound));
        pages.MapGet("/api/models/{valueStream}/{model}", async (
            string valueStream, string model, IRegistry registry, VolumeLayout volume, RunStore runs, TimeProvider time,
            CancellationToken ct) =>
            await ReadAsync(valueStream, model, registry, volume, runs, time, ct) is { } details
                ? Results.Json(details, VolumeJson.Options)
                : Results.Json(
                    new
                    {
                        Problem = $"There is no model {valueStream}/{model} in the registry.",
                        Nearest = NearestTo(valueStream, model, registry.Current),
                    },
                    VolumeJson.Options, statusCode: StatusCodes.Status404NotFound));
    }

    private static Task<ModelDetails?> ReadAsync(
        string valueStream, string model, IRegistry registry, VolumeLayout volume, RunStore runs, TimeProvider time,
        CancellationToken ct) =>
        new ModelDetailsReader(registry, volume, runs, time).ReadAsync(valueStream, model, ct);

    private static IReadOnlyList<ModelKey> NearestTo(string valueStream, string model, ModelRegistry registry)
    {
        var names = registry.Models.ToDictionary(known => known.Name.ToString(), known => known.Name);
        return [.. Nearest.To($"{valueStream}/{model}", names.Keys, count: 5).Select(name => names[name])];
    }
}
