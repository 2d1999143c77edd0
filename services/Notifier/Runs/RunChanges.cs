using Benchmark.Contracts;

namespace Benchmark.Notifier.Runs;

/// <summary>What has changed in a run since somebody looked at it.</summary>
/// <param name="State">How the run stands now.</param>
/// <param name="Last">The number of the last change, to ask <see cref="RunStore.ChangesAsync"/> with next time.</param>
/// <param name="Models">The models that have changed, as they are now, each once.</param>
public sealed record RunChanges(RunState State, long Last, IReadOnlyList<RefreshOutcome> Models);
