using System.Diagnostics;
using System.Diagnostics.Metrics;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;

namespace Benchmark.Fetcher;

/// <summary>The span, duration and progress of every fetch.</summary>
internal static class FetchTelemetry
{
    private static readonly ActivitySource s_source = new(Telemetry.Source);
    private static readonly Meter s_meter = new(Telemetry.Source);
    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("benchmark.fetch.duration", "s", "Time from request to staged.");
    private static readonly UpDownCounter<int> s_active =
        s_meter.CreateUpDownCounter<int>("benchmark.fetch.active", "{fetch}", "Fetches that a source is answering.");
    private static readonly Counter<long> s_rows =
        s_meter.CreateCounter<long>(
            "benchmark.fetch.rows", "{row}", "Rows written, also by fetches that came to nothing.");
    private static readonly Counter<long> s_bytes =
        s_meter.CreateCounter<long>(
            "benchmark.fetch.bytes", "By", "Bytes written, also by fetches that came to nothing.");

    public static Activity? Start(RefreshModel request, Guid runId) =>
        s_source.StartActivity("fetch")?
            .SetTag("run_id", runId)
            .SetTag("value_stream", request.ValueStream)
            .SetTag("model", request.Model);

    public static void Began(in TagList tags) => s_active.Add(1, tags);

    public static void Wrote(long rows, long bytes, in TagList tags)
    {
        s_rows.Add(rows, tags);
        s_bytes.Add(bytes, tags);
    }

    public static void Ended(in TagList tags) => s_active.Add(-1, tags);

    public static void Staged(StagedFacts facts, TimeSpan elapsed)
    {
        // Without the model, which would add a time series per model and bucket.
        TagList tags = new() { { "source", facts.Source.Name }, { "value_stream", facts.ValueStream } };
        s_duration.Record(elapsed.TotalSeconds, tags);
    }
}
