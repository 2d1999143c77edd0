namespace Benchmark.Hosting.Tests;

/// <summary>
/// Tests of what is exported run alone, because spans and measurements of a process reach every host in it.
/// </summary>
[CollectionDefinition(nameof(CollectedTelemetry), DisableParallelization = true)]
public sealed class CollectedTelemetry;
