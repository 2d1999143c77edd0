using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Hosting;

namespace Benchmark.Validator;

/// <summary>What the Validator counts and measures.</summary>
internal static class ValidationMetrics
{
    private static readonly DurationInstrument s_duration = Instruments.OfProcess.Durations(Metrics.ValidationDuration);
    private static readonly CounterInstrument s_failed = Instruments.OfProcess.Counter(Metrics.ChecksFailed);

    public static void Examined(string valueStream, ValidationReport report, TimeSpan elapsed)
    {
        s_duration.Record(elapsed, valueStream);
        foreach (var check in report.Checks.Where(check => check.Status == CheckStatus.Fail))
            s_failed.Add(1, check.Check.Word(), valueStream);
    }
}
