namespace Benchmark.Contracts.Volume;

/// <summary>What the manifests of a model's versions say, one after the other.</summary>
public static class VersionHistory
{
    /// <summary>The newest versions, oldest first. A version whose manifest is damaged or gone is left out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="count">How many at most; fewer exist when the model is young, or keeps fewer.</param>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public static IReadOnlyList<Manifest> Newest(ModelPaths model, int count) =>
        [.. PublishedVersions.All(model).TakeLast(count)
            .Select(version => Read(model.Version(version).Manifest)).OfType<Manifest>()];

    // Retention may remove the oldest version meanwhile.
    private static Manifest? Read(string path)
    {
        try
        {
            return VolumeJson.Read<Manifest>(path);
        }
        catch (Exception reason)
            when (reason is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
