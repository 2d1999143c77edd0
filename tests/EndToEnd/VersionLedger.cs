using System.Security.Cryptography;
using Benchmark.Contracts.Volume;

namespace Benchmark.EndToEnd.Tests;

/// <summary>What a volume must hold when everything has come to rest.</summary>
internal static class VersionLedger
{
    /// <summary>How many versions of a model are one too many: their run has made another.</summary>
    public static int Duplicates(ModelPaths model) =>
        Manifests(model).GroupBy(manifest => manifest.RunId).Sum(run => run.Count() - 1);

    /// <summary>Everything about a model's versions that is not as it must be.</summary>
    public static IEnumerable<string> Problems(ModelPaths model)
    {
        var versions = PublishedVersions.All(model);
        if (!versions.SequenceEqual(Enumerable.Range(1, versions.Count)))
            yield return $"{model.Versions} has gaps: {string.Join(", ", versions)}";
        foreach (var (version, manifest) in versions.Zip(Manifests(model)))
        {
            if (Sha256(model.Version(version).Data) != manifest.Sha256)
                yield return $"{model.Version(version).Data} is not what its manifest says";
        }
        if (versions.Count == 0 || Posix.Identity(model.Benchmark) != Posix.Identity(model.Version(versions[^1]).Data))
            yield return $"{model.Benchmark} is not the highest version";
        if (versions.Count == 0 || VolumeJson.Read<Manifest>(model.Manifest).Version != versions[^1])
            yield return $"{model.Manifest} is not of the highest version";
    }

    /// <summary>
    /// What is there and belongs to no version. Killed processes leave it, and the sweep removes it after two days. The
    /// staging area itself stays: the next refresh needs it.
    /// </summary>
    public static IEnumerable<string> LeftOvers(ModelPaths model) =>
        new[] { model.Directory, model.Versions, model.StagingArea }.Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFileSystemEntries)
            .Where(entry => entry != model.Benchmark && entry != model.Manifest && entry != model.Versions
                && entry != model.StagingArea
                && !PublishedVersions.All(model).Any(version => entry == model.Version(version).Directory));

    private static IReadOnlyList<Manifest> Manifests(ModelPaths model) =>
        [.. PublishedVersions.All(model).Select(version => VolumeJson.Read<Manifest>(model.Version(version).Manifest))];

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
