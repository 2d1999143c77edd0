using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Fetcher;

/// <summary>A request whose names the registry knows.</summary>
internal sealed record Refresh(
    RefreshModel Request, Guid RunId, string RegistrySha256, ModelDefinition Model, SourceDefinition Source)
{
    /// <exception cref="FetchRefusedException">The registry has no such model, or no source for it.</exception>
    public static Refresh Of(RefreshModel request, Guid runId, ModelRegistry registry)
    {
        var model = registry.Find(request.ValueStream, request.Model) ?? throw Unknown(request, registry);
        var source = registry.Sources.GetValueOrDefault(model.Source) ?? throw new FetchRefusedException(
            $"{model.Name} is to be read from the source '{model.Source}', which the registry does not have.",
            registry.Sources.Count == 0
                ? "Add it to 'sources' in the registry."
                : "Add it to 'sources' in the registry, or use one of "
                    + $"{string.Join(", ", registry.Sources.Keys.Order(StringComparer.Ordinal))}.");
        return new Refresh(request, runId, registry.Sha256, model, source);
    }

    /// <summary>The facts of what was fetched for it.</summary>
    public StagedFacts Facts(int attempt, FetchedRows rows) => new()
    {
        RunId = RunId,
        ValueStream = Model.ValueStream,
        Model = Model.Model,
        Attempt = attempt,
        Sha256 = rows.Csv.Sha256,
        Bytes = rows.Csv.Bytes,
        Rows = rows.Csv.Rows,
        Columns = rows.Csv.Columns,
        FetchedAt = rows.FetchedAt,
        Source = rows.Source,
        RegistrySha256 = RegistrySha256,
        RequestedBy = Request.RequestedBy,
        Reason = Request.Reason,
        Force = Request.Force,
    };

    private static FetchRefusedException Unknown(RefreshModel request, ModelRegistry registry)
    {
        const int most = 3;
        var asked = $"{request.ValueStream}/{request.Model}";
        var elsewhere = registry.Models.Where(model => model.Model == request.Model).Select(model => model.Name.ToString());
        string[] nearest = [.. elsewhere
            .Concat(Nearest.To(asked, registry.Models.Select(model => model.Name.ToString()), most))
            .Distinct().Take(most)];
        return new FetchRefusedException(
            $"{asked} is not in the registry.",
            nearest.Length > 0
                ? $"Did you mean {string.Join(" or ", nearest)}?"
                : $"The registry has {registry.Models.Count} models; 'benchmark models' lists them.");
    }
}
