namespace Benchmark.Notifier.Measuring;

/// <summary>What gauges tell, as it was at one moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Runs">Of the run database; null when it could not be read.</param>
/// <param name="Models">Of the volume; null when it could not be read.</param>
internal sealed record Sample(DateTimeOffset At, RunFigures? Runs, IReadOnlyList<ServedModel>? Models);
