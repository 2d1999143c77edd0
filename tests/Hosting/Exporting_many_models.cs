using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Benchmark.Hosting.Tests;

public sealed class Exporting_many_models
{
    [Fact]
    public void Keeps_the_outcomes_of_600_models_apart()
    {
        using var meter = new Meter(nameof(Exporting_many_models));
        using var exporter = new SeriesCount();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .AddMetricLimits()
            .AddReader(new BaseExportingMetricReader(exporter))
            .Build();
        var outcomes = new Instruments(meter).Counter(Metrics.RefreshOutcomes);

        foreach (var outcome in (string[])["published", "unchanged", "rejected", "failed", "missing"])
            foreach (var model in Enumerable.Range(0, 600))
                outcomes.Add(1, outcome, "publish", "value_stream_1", $"model_{model}");
        provider.ForceFlush();

        exporter.Series.Should().Equal(new Dictionary<string, int> { [Metrics.RefreshOutcomes.Name] = 3000 });
    }

    private sealed class SeriesCount : BaseExporter<OpenTelemetry.Metrics.Metric>
    {
        public Dictionary<string, int> Series { get; } = [];

        public override ExportResult Export(in Batch<OpenTelemetry.Metrics.Metric> batch)
        {
            foreach (var metric in batch)
            {
                var series = 0;
                foreach (ref readonly var _ in metric.GetMetricPoints())
                    series++;
                Series[metric.Name] = series;
            }
            return ExportResult.Success;
        }
    }
}
