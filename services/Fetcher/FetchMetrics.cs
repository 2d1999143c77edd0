using Benchmark.Contracts.Volume;
using Benchmark.Hosting;

namespace Benchmark.Fetcher;

/// <summary>What the Fetcher counts and measures.</summary>
internal static class FetchMetrics
{
    private static readonly DurationInstrument s_duration = Instruments.OfProcess.Durations(Metrics.FetchDuration);
    private static readonly UpDownInstrument s_active = Instruments.OfProcess.UpDownCounter(Metrics.FetchActive);
    private static readonly CounterInstrument s_rows = Instruments.OfProcess.Counter(Metrics.FetchRows);
    private static readonly CounterInstrument s_bytes = Instruments.OfProcess.Counter(Metrics.FetchBytes);
    private static readonly CounterInstrument s_mismatches =
        Instruments.OfProcess.Counter(Metrics.ReconciliationMismatches);

    /// <param name="tags">Source, kind, value stream and model.</param>
    public static void Began(ReadOnlySpan<string> tags) => s_active.Add(1, tags);

    /// <param name="rows">Rows since the last call.</param>
    /// <param name="bytes">Bytes since the last call.</param>
    /// <param name="tags">As those of <see cref="Began"/>.</param>
    public static void Wrote(long rows, long bytes, ReadOnlySpan<string> tags)
    {
        s_rows.Add(rows, tags);
        s_bytes.Add(bytes, tags);
    }

    /// <param name="tags">As those of <see cref="Began"/>.</param>
    public static void Ended(ReadOnlySpan<string> tags) => s_active.Add(-1, tags);

    // Without the model, which would add a time series per model and bucket.
    public static void Staged(StagedFacts facts, TimeSpan elapsed) =>
        s_duration.Record(elapsed, facts.Source.Name, facts.ValueStream);

    public static void TotalsDiffered(ResolvedRefresh refresh) =>
        s_mismatches.Add(1, refresh.Source.Name, refresh.Model.ValueStream);
}
