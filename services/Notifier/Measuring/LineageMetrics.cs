using Benchmark.Hosting;

namespace Benchmark.Notifier.Measuring;

/// <summary>Counts the lineage events.</summary>
internal sealed class LineageMetrics(Instruments instruments)
{
    private readonly CounterInstrument _events = instruments.Counter(Metrics.LineageEvents);

    public void Sent() => _events.Add(1, "sent");

    public void NotSent() => _events.Add(1, "given_up");
}
