using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Fetcher;

/// <summary>A request with its model and source, as the registry defines them.</summary>
internal sealed record ResolvedRefresh(
    RefreshModel Request, Guid RunId, string RegistrySha256, ModelDefinition Model, SourceDefinition Source)
{
    // Time beyond the fetch itself: waiting for a permit at the source, and failed attempts.
    private static readonly TimeSpan s_waiting = TimeSpan.FromMinutes(10);

    // RabbitMQ takes a message back after 30 minutes, and every other fetch of this process with it. A longer
    // fetch_timeout is for a broker whose consumer_timeout is longer, too.
    private static readonly TimeSpan s_brokerLimit = TimeSpan.FromMinutes(28);

    /// <summary>As of when the model is read; null for when its turn comes.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>How long the request may take in total, from its delivery.</summary>
    public TimeSpan RequestLimit
    {
        get
        {
            // The wait until the source is loaded is not taken from the fetch.
            var both = Model.LongestFetch + s_waiting;
            var limit = both <= s_brokerLimit ? both : s_brokerLimit;
            return limit >= Model.LongestFetch ? limit : Model.LongestFetch;
        }
    }

    /// <exception cref="FetchRefusedException">The registry has no such model, or no source for it; or a variable that
    /// the source's connection needs is not set.</exception>
    public static ResolvedRefresh From(RefreshModel request, Guid runId, ModelRegistry registry)
    {
        var model = registry.Find(request.ValueStream, request.Model) ?? throw Unknown(request, registry);
        var source = registry.Sources.GetValueOrDefault(model.Source) ?? throw new FetchRefusedException(
            $"{model.Name} is to be read from the source '{model.Source}', which the registry does not have.",
            registry.Sources.Count == 0
                ? "Add it to 'sources' in the registry."
                : "Add it to 'sources' in the registry, or use one of "
                    + $"{string.Join(", ", registry.Sources.Keys.Order(StringComparer.Ordinal))}.");
        return new ResolvedRefresh(request, runId, registry.Sha256, model, SourceSecrets.Expand(source));
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
        Columns = Model.Declared(rows.Csv.Columns),
        FetchedAt = rows.FetchedAt,
        RunStartedAt = Request.RunStartedAt,
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
        var elsewhere = registry.Models.Where(model => model.Model == request.Model)
            .Select(model => model.Name.ToString());
        string[] nearest = [.. elsewhere
            .Concat(Nearest.To(asked, registry.Models.Select(model => model.Name.ToString()), most))
            .Distinct().Take(most)];
        return new FetchRefusedException(
            $"{asked} is not in the registry.",
            nearest.Length > 0
                ? $"Did you mean {string.Join(" or ", nearest)}?"
                : $"The registry has {registry.Models.Count} model{(registry.Models.Count == 1 ? "" : "s")}; "
                    + "'benchmark models' lists them.");
    }
}
