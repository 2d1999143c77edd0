using System.Globalization;
using System.Text.Json.Nodes;
using Benchmark.Data;

namespace Benchmark.Notifier.Lineage;

/// <summary>The run event of OpenLineage that says how a refresh ended.</summary>
internal static class LineageEvent
{
    private const string Schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

    public static JsonObject Of(EndedRefresh ended, LineageFacts facts, string jobNamespace) => new()
    {
        ["eventType"] = ended.Refresh.IsRefreshed ? "COMPLETE" : "FAIL",
        ["eventTime"] = Time(ended.At),
        ["producer"] = Facet.Producer,
        ["schemaURL"] = Schema,
        ["run"] = new JsonObject
        {
            ["runId"] = RunId.Of(ended.Run.CorrelationId, ended.Refresh.Name).ToString(),
            ["facets"] = RunFacets(ended, facts, jobNamespace),
        },
        ["job"] = new JsonObject
        {
            ["namespace"] = jobNamespace,
            ["name"] = ended.Refresh.Name.ToString(),
            ["facets"] = JobFacets(facts),
        },
        ["inputs"] = LineageDatasets.Inputs(facts),
        ["outputs"] = LineageDatasets.Outputs(ended.Refresh, facts),
    };

    private static JsonObject RunFacets(EndedRefresh ended, LineageFacts facts, string jobNamespace)
    {
        var (run, refresh) = (ended.Run, ended.Refresh);
        var facets = new JsonObject
        {
            ["parent"] = Facet.Of("ParentRunFacet", "1-2-0", new JsonObject
            {
                ["run"] = new JsonObject { ["runId"] = run.CorrelationId.ToString() },
                ["job"] = new JsonObject { ["namespace"] = jobNamespace, ["name"] = "refresh" },
            }),
            ["benchmark_refresh"] = Facet.Own("refresh", new JsonObject
            {
                ["outcome"] = refresh.Outcome?.Word(),
                ["stage"] = refresh.Stage.Word(),
                ["trigger"] = run.Trigger?.Word(),
            }),
        };
        if (run.StartedAt is { } started)
            facets["nominalTime"] = Facet.Of(
                "NominalTimeRunFacet", "1-0-1", new JsonObject { ["nominalStartTime"] = Time(started) });
        if (!refresh.IsRefreshed)
            facets["errorMessage"] = Facet.Of("ErrorMessageRunFacet", "1-0-1", new JsonObject
            {
                ["message"] = refresh.Reason ?? $"The refresh ended as {refresh.Outcome?.Word()}.",
                ["programmingLanguage"] = "C#",
            });
        if (facts.Source is { QueryId: { } queryId } source)
            facets["externalQuery"] = Facet.Of("ExternalQueryRunFacet", "1-0-2", new JsonObject
            {
                ["externalQueryId"] = queryId,
                ["source"] = source.Kind,
            });
        return facets;
    }

    private static JsonObject JobFacets(LineageFacts facts)
    {
        var facets = new JsonObject
        {
            ["jobType"] = Facet.Of("JobTypeJobFacet", "2-0-4", new JsonObject
            {
                ["processingType"] = "BATCH",
                ["integration"] = "BENCHMARK",
                ["jobType"] = "JOB",
            }),
        };
        if (facts.Model?.Owner is { } owner)
            facets["ownership"] = Facet.Of("OwnershipJobFacet", "1-0-1", new JsonObject
            {
                ["owners"] = new JsonArray(new JsonObject { ["name"] = owner, ["type"] = "OWNER" }),
            });
        // Only its hash: the text of a query may hold what is not for everybody.
        if (facts.Source is { } source)
            facets["benchmark_query"] = Facet.Own("query", new JsonObject { ["sha256"] = source.QuerySha256 });
        return facets;
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
