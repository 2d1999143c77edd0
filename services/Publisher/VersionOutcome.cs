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

    /// <summary>
    /// With what was altered on the volume before, if anything was: the data is published all the same.
    /// </summary>
    public static RefreshOutcome Telling(this RefreshOutcome outcome, VersionHistory history) =>
        history.Altered is not { } altered ? outcome : outcome with
        {
            Reason = $"The manifest of version {altered} is not the one that it was published with: somebody altered "
                + $"{history.Model.Relative(history.Model.Version(altered).Manifest)}.",
            Hint = "Restore it from a backup, and find out what writes into published files. See: benchmark verify "
                + $"{outcome.Name}",
        };
}
