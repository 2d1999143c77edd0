using Benchmark.Notifier.Lineage;
using Benchmark.Notifier.Saga;

namespace Benchmark.Notifier.Measuring;

/// <summary>Passes on what a committed transaction has recorded; neither waits for anything.</summary>
internal sealed class CommittedFacts(RunMetrics metrics, LineageQueue lineage)
{
    public void Tell(Recorded recorded)
    {
        metrics.Count(recorded);
        lineage.Add(recorded);
    }
}
