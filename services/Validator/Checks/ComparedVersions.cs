using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Checks;

/// <summary>The versions that staged data is compared with.</summary>
/// <param name="Published">The published version; null before the first one.</param>
/// <param name="Anchor">The anchor of cumulative drift; null when that is the published version.</param>
internal sealed record ComparedVersions(VersionDocuments? Published, Anchor? Anchor)
{
    /// <summary>There is nothing to compare with.</summary>
    public static ComparedVersions None { get; } = new(null, null);

    /// <summary>
    /// Why nothing can be compared with the published version; null when it can, and before the first.
    /// </summary>
    public string? Problem { get; private init; }

    /// <summary>What to do about <see cref="Problem"/>.</summary>
    public string? Hint { get; private init; }

    /// <summary>Reads their documents; their data is not opened.</summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public static ComparedVersions Read(ModelPaths paths, ModelDefinition model)
    {
        var kept = PublishedVersions.All(paths);
        if (kept is not [.., var latest])
            return None;
        try
        {
            var published = VersionDocuments.Read(paths, latest);
            return new ComparedVersions(published, Anchor.Read(paths, model, published, kept));
        }
        catch (InvalidDataException damaged)
        {
            var directory = paths.Version(latest).Directory;
            return None with
            {
                Problem = $"Version {latest}, which the data must be compared with, is not whole: {damaged.Message}",
                Hint = $"Restore {directory} from a backup. If there is none, move it out of {paths.Versions}: then "
                    + "the data is compared with the version before, if there is one.",
            };
        }
    }
}
