using System.Text.RegularExpressions;
using Benchmark.Hosting;

namespace Benchmark.Deploy.Tests.Manifests;

/// <summary>A query of a monitor or of the dashboard, held against the metrics that the services export.</summary>
internal static partial class MetricQuery
{
    // Of the Agent's check of RabbitMQ's management API.
    private static readonly IReadOnlyDictionary<string, string[]> s_ofOthers =
        new Dictionary<string, string[]> { ["rabbitmq.queue.messages"] = ["rabbitmq_queue", "rabbitmq_vhost"] };

    /// <summary>What it asks for that nobody exports; empty when there is nothing.</summary>
    public static IReadOnlyList<string> Problems(string query)
    {
        var asked = Form().Matches(query);
        return asked.Count > 0
            ? [.. asked.SelectMany(parts => Problems(query, parts))]
            : [$"{query}: is not aggregator:metric{{filter}} by {{tags}}"];
    }

    private static IReadOnlyList<string> Problems(string query, Match parts)
    {
        var name = parts.Groups["metric"].Value;
        var metric = Metrics.All.FirstOrDefault(known => known.Name == name);
        if (metric is null && !s_ofOthers.ContainsKey(name))
            return [$"{query}: no metric {name}"];
        var tags = metric?.Tags ?? s_ofOthers[name];
        return
        [
            .. Tags(parts).Where(tag => !tags.Contains(tag)).Select(tag => $"{query}: {name} has no tag {tag}"),
            .. Aggregation(query, parts.Groups["aggregator"].Value, metric),
        ];
    }

    // A counter is added up, a gauge of two Notifiers is not, and percentiles are of histograms alone.
    private static IEnumerable<string> Aggregation(string query, string aggregator, Metric? metric)
    {
        var right = metric?.Kind switch
        {
            MetricKind.Counter => aggregator == "sum" && query.Contains(".as_"),
            MetricKind.Histogram => aggregator.StartsWith('p'),
            _ => aggregator == "max" && !query.Contains(".as_"),
        };
        if (!right)
            yield return $"{query}: {aggregator} is not for a {metric?.Kind}";
    }

    private static IEnumerable<string> Tags(Match parts) =>
        FilterTag().Matches(parts.Groups["filter"].Value).Select(match => match.Groups[1].Value)
            .Concat(parts.Groups["by"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"(?<aggregator>\w+):(?<metric>[a-z_.]+)\{(?<filter>[^}]*)\}(?: by \{(?<by>[^}]*)\})?")]
    private static partial Regex Form();

    // outcome:failed, outcome IN (failed,missing), $value_stream
    [GeneratedRegex(@"(?<=^|[ ,$])([a-z_]+)(?=:| IN |(?<=\$[a-z_]+)$)")]
    private static partial Regex FilterTag();
}
