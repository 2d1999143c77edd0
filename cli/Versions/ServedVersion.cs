using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Versions;

/// <summary>The version that readers open.</summary>
/// <param name="Facts">Its facts.</param>
/// <param name="IsThere">Whether it is among the versions; if not, somebody removed its directory.</param>
internal sealed record ServedVersion(Manifest Facts, bool IsThere)
{
    public int Number => Facts.Version;

    /// <summary>Reads it.</summary>
    /// <exception cref="UsageException">Nothing was published yet.</exception>
    /// <exception cref="InfrastructureException">Its manifest is damaged or gone.</exception>
    public static ServedVersion Of(ModelKey name, ModelPaths paths)
    {
        if (NumberOf(paths) is not { } number)
            throw new UsageException($"{name} has no version yet on the volume. Refresh it: benchmark refresh {name}");
        return Posix.IsDirectory(paths.Version(number).Directory)
            ? new ServedVersion(ManifestOf(number, name, paths), IsThere: true)
            : new ServedVersion(Read<Manifest>(paths.Manifest, number, name), IsThere: false);
    }

    /// <summary>The number alone, which needs no manifest; null when nothing was published yet.</summary>
    public static int? NumberOf(ModelPaths paths)
    {
        // In this order: the version that benchmark.json names was committed before, so the list has it.
        var facts = VolumeJson.TryRead<Manifest>(paths.Manifest);
        var highest = PublishedVersions.Latest(paths, facts);
        return ServedFile.Removed(facts, highest) ?? highest;
    }

    /// <summary>The manifest of a version.</summary>
    /// <exception cref="InfrastructureException">It is damaged or gone.</exception>
    public static Manifest ManifestOf(int version, ModelKey name, ModelPaths paths) =>
        Read<Manifest>(paths.Version(version).Manifest, version, name);

    /// <summary>A document of a version.</summary>
    /// <exception cref="InfrastructureException">It is damaged or gone.</exception>
    public static T Read<T>(string path, int version, ModelKey name)
    {
        try
        {
            return VolumeJson.Read<T>(path);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw new InfrastructureException(
                $"Version {version} of {name} is not whole: {e.Message.TrimEnd('.')}. Restore it from a backup. "
                + $"What else was altered: benchmark verify {name}", e);
        }
    }
}
