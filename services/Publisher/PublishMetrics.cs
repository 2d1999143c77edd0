using Benchmark.Contracts;
using Benchmark.Hosting;

namespace Benchmark.Publisher;

/// <summary>What the Publisher measures.</summary>
internal static class PublishMetrics
{
    private static readonly DurationInstrument s_duration = Instruments.OfProcess.Durations(Metrics.PublishDuration);

    public static void Served(RefreshOutcome served, TimeSpan elapsed) =>
        s_duration.Record(elapsed, served.ValueStream);
}
