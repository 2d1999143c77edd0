using System.Globalization;

namespace Benchmark.Contracts.Volume;

/// <summary>The committed versions of a model, as the volume has them.</summary>
public static class PublishedVersions
{
    /// <summary>All committed versions, ascending. What is still being written does not count.</summary>
    public static IReadOnlyList<int> All(ModelPaths model)
    {
        if (!Directory.Exists(model.Versions))
            return [];
        var versions = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories(model.Versions))
        {
            var name = Path.GetFileName(directory);
            // Only names that lead back to the same directory: a person's '42' or '000000' is no version.
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                && version > 0 && name == VolumeLayout.VersionName(version))
                versions.Add(version);
        }
        versions.Sort();
        return versions;
    }

    /// <summary>The highest committed version: what readers see, or are about to; null before the first.</summary>
    public static int? Latest(ModelPaths model) => All(model) is [.., var highest] ? highest : null;
}
