using System.Diagnostics;
using System.Diagnostics.Metrics;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;

namespace Benchmark.Fetcher;

/// <summary>A span for every fetch, how long it took and how many rows it gave.</summary>
internal static class FetchTelemetry
{
    private static readonly ActivitySource s_source = new(Telemetry.Source);
    private static readonly Meter s_meter = new(Telemetry.Source);
    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("benchmark.fetch.duration", "s", "Time from request to staged.");
    private static readonly Counter<long> s_rows = s_meter.CreateCounter<long>("benchmark.fetch.rows", "{row}", "Rows staged.");

    public static Activity? Start(RefreshModel request, Guid runId) =>
        s_source.StartActivity("fetch")?
            .SetTag("run_id", runId)
            .SetTag("value_stream", request.ValueStream)
            .SetTag("model", request.Model);

    public static void Staged(StagedFacts facts, TimeSpan elapsed)
    {
        // No model here: thousands of them would be thousands of time series.
        TagList tags = new() { { "source", facts.Source.Name }, { "value_stream", facts.ValueStream } };
        s_duration.Record(elapsed.TotalSeconds, tags);
        s_rows.Add(facts.Rows, tags);
    }
}
