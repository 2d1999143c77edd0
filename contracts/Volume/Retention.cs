using Benchmark.Contracts.Registry;

namespace Benchmark.Contracts.Volume;

/// <summary>Which versions of a model are kept. It removes nothing.</summary>
public static class Retention
{
    /// <summary>
    /// No version is removed before it has been out of service for so long: readers may have it open, or may just have
    /// learned its name from <c>benchmark.json</c>, and messages may be redelivered.
    /// </summary>
    public static readonly TimeSpan MinimumAge = TimeSpan.FromDays(7);

    /// <summary>The versions that may be removed, oldest first.</summary>
    /// <param name="model">Where they are.</param>
    /// <param name="definition">How many it keeps, and which is its anchor.</param>
    /// <param name="now">The time.</param>
    /// <param name="onProblem">Told of a version of which that cannot be known: it is kept.</param>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public static IReadOnlyList<int> Expired(
        ModelPaths model, ModelDefinition definition, DateTimeOffset now, Action<string, Exception> onProblem)
    {
        // The highest version is the published one and stays, whatever the registry says.
        var keep = Math.Max(definition.KeepVersions, 1);
        var versions = PublishedVersions.All(model);
        var expired = new List<int>();
        foreach (var (version, next) in versions.Zip(versions.Skip(1)).SkipLast(keep - 1))
        {
            var paths = model.Version(version);
            try
            {
                // The anchor of drift stays as well.
                if (version != definition.DriftAnchor && !Posix.Exists(paths.Pin)
                    && IsOld(paths, now) && IsOld(model.Version(next), now))
                    expired.Add(version);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                onProblem(paths.Directory, e);
            }
        }
        return expired;
    }

    // Of the next version: when it replaced this one.
    private static bool IsOld(VersionPaths version, DateTimeOffset now) =>
        VolumeJson.Read<Manifest>(version.Manifest).PublishedAt < now - MinimumAge;
}
