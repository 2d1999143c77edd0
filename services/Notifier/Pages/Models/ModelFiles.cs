using Benchmark.Contracts.Volume;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>What the files of a model say of its versions, and of what was rejected after the newest.</summary>
/// <param name="Versions">The manifests, oldest first.</param>
/// <param name="Moments">The same, and rejected data as the last.</param>
/// <param name="Problems">What could not be read.</param>
internal sealed record ModelFiles(
    IReadOnlyList<Manifest> Versions, IReadOnlyList<Snapshot> Moments, IReadOnlyList<string> Problems)
{
    public static ModelFiles Read(ModelPaths paths, int maxVersions)
    {
        var kept = PublishedVersions.All(paths).TakeLast(maxVersions).ToList();
        var versions = PublishedVersions.Manifests(paths, maxVersions);
        var problems = kept.Except(versions.Select(manifest => manifest.Version)).Select(version =>
            $"The manifest of version {version} is damaged or gone: {paths.Version(version).Manifest}").ToList();
        List<Snapshot> moments = [.. versions.Select(manifest => Snapshot.Of(manifest, paths))];
        if (NewestRejected(paths, problems) is { } rejected && (moments is [] || moments[^1].At <= rejected.At))
            moments.Add(rejected);
        return new ModelFiles(versions, moments, problems);
    }

    private static Snapshot? NewestRejected(ModelPaths paths, List<string> problems)
    {
        var newest = DirectoryEntries.Of(paths.RejectedArea)
            .Select(directory => Guid.TryParse(Path.GetFileName(directory), out var run) ? run : Guid.Empty)
            .Where(run => run != Guid.Empty && Posix.Exists(paths.Rejected(run).Report))
            .OrderByDescending(run => File.GetLastWriteTimeUtc(paths.Rejected(run).Report))
            .FirstOrDefault();
        if (newest == Guid.Empty)
            return null;
        var rejected = paths.Rejected(newest);
        try
        {
            var staged = VolumeJson.ReadIfThere<StagedFacts>(rejected.Facts);
            return Snapshot.Of(newest, rejected, VolumeJson.Read<ValidationReport>(rejected.Report), staged);
        }
        // What was rejected must not hide what is served.
        catch (Exception reason) when (reason is InvalidDataException or IOException)
        {
            problems.Add(reason.Message);
            return null;
        }
    }
}
