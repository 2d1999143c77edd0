using Benchmark.Contracts;
using Benchmark.Notifier.Saga;

namespace Benchmark.Notifier.Lineage;

/// <summary>A refresh whose outcome has been recorded.</summary>
/// <param name="Run">Its run.</param>
/// <param name="Refresh">Its outcome.</param>
/// <param name="At">When it was recorded.</param>
internal sealed record EndedRefresh(RunSaga Run, RefreshOutcome Refresh, DateTimeOffset At);
