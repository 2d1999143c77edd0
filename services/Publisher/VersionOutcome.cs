using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>What is announced of a version.</summary>
internal static class VersionOutcome
{
    /// <summary>The outcome of a refresh, or of a request, that ended with this version.</summary>
    public static RefreshOutcome Of(Manifest version, Outcome outcome, WorstDrift? worst) => new()
    {
        ValueStream = version.ValueStream,
        Model = version.Model,
        Outcome = outcome,
        Stage = Stage.Publish,
        Version = version.Version,
        Rows = version.Rows,
        Bytes = version.Bytes,
        WorstDrift = worst,
    };
}
