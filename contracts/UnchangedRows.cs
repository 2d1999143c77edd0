using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts;

/// <summary>
/// Fetched rows that were, byte for byte, those that readers had. Only the rows are staged: no document is written
/// about them unless they must be examined as others are.
/// </summary>
public sealed record UnchangedRows
{
    /// <summary>The version that readers had when the rows were fetched.</summary>
    public required int Version { get; init; }

    /// <summary>What <c>staged.json</c> would say.</summary>
    public required StagedFacts Facts { get; init; }

    /// <summary>Compares fetched rows with what readers have.</summary>
    /// <param name="facts">The rows.</param>
    /// <param name="served"><c>benchmark.json</c>; null for none.</param>
    /// <returns>
    /// Null when they differ; also when the version had a warning, so that whoever looks at the run sees it again.
    /// </returns>
    public static UnchangedRows? Of(StagedFacts facts, Manifest? served) =>
        served is not null && facts.IsOf(served.ValueStream, served.Model)
        && (facts.Sha256, facts.Bytes) == (served.Sha256, served.Bytes)
        && facts.Columns.SequenceEqual(served.Columns)
        && served.Checks.All(check => check.Status == CheckStatus.Pass)
            ? new UnchangedRows { Version = served.Version, Facts = facts } : null;

    /// <summary>
    /// Writes <c>staged.json</c>, with which the rows are staged like all others. One that is there stays: what a
    /// message says never replaces it.
    /// </summary>
    /// <returns>False when the rows are gone: the refresh was settled before.</returns>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public bool TryStage(StagedPaths staged)
    {
        if (!Posix.Exists(staged.Data))
            return false;
        if (VolumeJson.TryRead<StagedFacts>(staged.Facts) is null)
            VolumeJson.Write(staged.Facts, Facts);
        return true;
    }
}
