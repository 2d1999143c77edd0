using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Sweeps;

/// <summary>The interval of the sweep.</summary>
internal sealed class SweepPace(IOptions<NotifierOptions> options, TimeProvider time)
{
    public TimeSpan Interval => options.Value.SweepInterval;

    public PeriodicTimer StartTimer() => new(Interval, time);
}
