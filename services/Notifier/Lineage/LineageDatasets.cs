using System.Globalization;
using System.Text.Json.Nodes;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Notifier.Lineage;

/// <summary>What a refresh reads and writes, as datasets of OpenLineage.</summary>
internal static class LineageDatasets
{
    /// <summary>The source table. The tables of a query are not known: it stands for itself.</summary>
    public static JsonArray Inputs(LineageFacts facts)
    {
        if (facts.Model is not { } model || (facts.SourceKind ?? facts.Source?.Kind) is not { } kind)
            return [];
        var input = new JsonObject
        {
            ["namespace"] = $"{kind}://{model.Source}",
            ["name"] = model.Table ?? $"{model.Name}.query",
        };
        if (facts.Checks.Count > 0)
            input["inputFacets"] = new JsonObject
            {
                ["dataQualityAssertions"] = Facet.Of("DataQualityAssertionsDatasetFacet", "1-1-0", new JsonObject
                {
                    ["assertions"] = new JsonArray([.. facts.Checks.Select(Assertion)]),
                }),
            };
        return [input];
    }

    /// <summary>The file that readers open, if its version is of this refresh.</summary>
    public static JsonArray Outputs(RefreshOutcome refresh, LineageFacts facts)
    {
        if (facts.File is not { } file || refresh.Version is not { } version
            || refresh.Outcome is not (Outcome.Published or Outcome.Unchanged))
            return [];
        var facets = new JsonObject
        {
            ["version"] = Facet.Of("DatasetVersionDatasetFacet", "1-0-1", new JsonObject
            {
                ["datasetVersion"] = version.ToString(CultureInfo.InvariantCulture),
            }),
        };
        if (facts.Version is { } manifest)
            facets["schema"] = Facet.Of("SchemaDatasetFacet", "1-2-0", new JsonObject
            {
                ["fields"] = new JsonArray([.. manifest.Columns.Select(column =>
                    new JsonObject { ["name"] = column.Name, ["type"] = column.Type.Word() })]),
            });
        var output = new JsonObject { ["namespace"] = "file", ["name"] = file, ["facets"] = facets };
        // An unchanged refresh writes nothing.
        if (refresh.Outcome == Outcome.Published)
            output["outputFacets"] = new JsonObject
            {
                ["outputStatistics"] = Facet.Of("OutputStatisticsOutputDatasetFacet", "1-0-2", new JsonObject
                {
                    ["rowCount"] = refresh.Rows,
                    ["size"] = refresh.Bytes,
                    ["fileCount"] = 1,
                }),
            };
        return [output];
    }

    private static JsonObject Assertion(CheckResult check)
    {
        var assertion = new JsonObject
        {
            ["assertion"] = check.Check.Word(),
            ["success"] = check.Status == CheckStatus.Pass,
            ["severity"] = check.Status == CheckStatus.Warn ? "warn" : "error",
        };
        // The schema does not allow null.
        if (check.Column is { } column)
            assertion["column"] = column;
        if (check.Limit is { } limit)
            assertion["expected"] = limit.ToString();
        if (check.Observed is { } observed)
            assertion["actual"] = observed.ToString();
        if (check.Status != CheckStatus.Pass)
            assertion["description"] = check.Message;
        return assertion;
    }
}
