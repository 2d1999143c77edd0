using System.Globalization;

namespace Benchmark.Contracts.Volume;

/// <summary>The committed versions of a model on the volume.</summary>
public static class PublishedVersions
{
    /// <summary>The last number: six digits, so that names sort as numbers do.</summary>
    public const int Last = 999_999;

    /// <summary>All committed versions, ascending. A version that is still being built does not count.</summary>
    public static IReadOnlyList<int> All(ModelPaths model)
    {
        var versions = new List<int>();
        foreach (var directory in DirectoryEntries.Of(model.Versions))
        {
            var name = Path.GetFileName(directory);
            // Only six digits from 000001: a directory '42', '000000' or '2147483647' is not a version.
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                && version is > 0 and <= Last && name == VolumeLayout.VersionName(version))
                versions.Add(version);
        }
        versions.Sort();
        return versions;
    }

    /// <summary>
    /// All committed versions, ascending, with the one that readers were told of even where the list lacks it: on NFS a
    /// client may have a list of some seconds ago, but finds by its name what another has committed since.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="told"><c>benchmark.json</c>, read before this call; null for none.</param>
    public static IReadOnlyList<int> All(ModelPaths model, Manifest? told)
    {
        var listed = All(model);
        var highest = listed is [.., var last] ? last : 0;
        return told?.Version is { } version and <= Last && version > highest
            && Posix.IsDirectory(model.Version(version).Directory)
            ? [.. listed, version] : listed;
    }

    /// <summary>
    /// The manifests of the newest versions, oldest first. A version whose manifest is damaged or gone is left out.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="newest">How many versions at most; fewer exist when the model is young, or keeps fewer.</param>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public static IReadOnlyList<Manifest> Manifests(ModelPaths model, int newest = Last) =>
        [.. All(model).TakeLast(newest)
            // Retention may remove the oldest version meanwhile.
            .Select(version => VolumeJson.TryRead<Manifest>(model.Version(version).Manifest)).OfType<Manifest>()];

    /// <summary>The highest committed version, which is the published one; null before the first.</summary>
    public static int? Latest(ModelPaths model) => Latest(model, told: null);

    /// <summary>The same, with the one that readers were told of.</summary>
    /// <inheritdoc cref="All(ModelPaths, Manifest?)"/>
    public static int? Latest(ModelPaths model, Manifest? told) =>
        All(model, told) is [.., var highest] ? highest : null;
}
