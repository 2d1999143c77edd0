using OpenTelemetry.Metrics;

namespace Benchmark.Hosting;

/// <summary>How many time series a process exports of one metric.</summary>
internal static class MetricLimits
{
    // OpenTelemetry's default of 2,000 adds the rest up without tags; 600 models with every outcome are more. 10,000
    // take about a megabyte for each metric.
    private const int SeriesByModel = 10_000;

    /// <summary>Raises the limit of the metrics that have a series for each model.</summary>
    public static MeterProviderBuilder AddMetricLimits(this MeterProviderBuilder metrics)
    {
        foreach (var metric in Metrics.All.Where(metric => metric.Tags.Contains("model")))
            metrics.AddView(metric.Name, new MetricStreamConfiguration { CardinalityLimit = SeriesByModel });
        return metrics;
    }
}
