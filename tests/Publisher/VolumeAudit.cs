using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

/// <summary>What must hold of a model's files at any time, whatever has happened.</summary>
internal static class VolumeAudit
{
    /// <summary>What readers have is one whole content; its number.</summary>
    public static int Served(ModelPaths model) => StagedData.WholeContent(File.ReadAllBytes(model.Benchmark));

    /// <summary>Every version is whole, of a run of its own, and chained to the one before.</summary>
    public static void RequireWholeVersions(ModelPaths model)
    {
        (int Version, string? ManifestSha256) before = default;
        var runs = new HashSet<Guid>();
        foreach (var version in PublishedVersions.All(model))
        {
            var (manifest, sha256) = VersionManifest.Read(model, version);
            CommittedVersion.TryVerify(model, (manifest, sha256)).Should().NotBeNull($"version {version} is whole");
            VolumeJson.ReadWithSha256<Data.Profiling.Profile>(model.Version(version).Profile).Sha256
                .Should().Be(manifest.ProfileSha256);
            // Retention may have removed the one before.
            if (before.Version == version - 1)
                manifest.PreviousManifestSha256.Should().Be(before.ManifestSha256, $"version {version} is chained");
            runs.Add(manifest.RunId).Should().BeTrue($"version {version} is of a run of its own");
            before = (version, sha256);
        }
    }

    /// <summary>Readers see the highest version with its facts, and nothing temporary is beside it.</summary>
    public static void RequireRest(ModelPaths model)
    {
        RequireWholeVersions(model);
        ServedFile.Problem(model).Should().BeNull();
        Directory.GetFiles(model.Directory, ".*.tmp").Should().BeEmpty();
    }
}
