using Benchmark.Contracts;

namespace Benchmark.Notifier.Runs;

/// <summary>The changes of a run since an earlier look.</summary>
/// <param name="State">The state of the run now.</param>
/// <param name="Last">The number of the last change, for the next <see cref="RunStore.ChangesAsync"/>.</param>
/// <param name="Models">The models that have changed, in their current state.</param>
public sealed record RunChanges(RunState State, long Last, IReadOnlyList<RefreshOutcome> Models);
