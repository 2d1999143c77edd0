using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// A model's committed versions at one moment. One attempt to publish decides on one list and claims the number after
/// its highest, so whoever wins the claim knows that no version was committed in between.
/// </summary>
internal sealed class VersionHistory
{
    private readonly IReadOnlyList<int> _versions;
    private readonly Dictionary<int, (Manifest Manifest, string Sha256)> _read = [];

    private VersionHistory(ModelPaths model, Manifest told) =>
        (Model, Facts, _versions) = (model, told, [told.Version]);

    public VersionHistory(ModelPaths model, ILogger logger)
    {
        Model = model;
        // In this order: the version that benchmark.json names was committed before, so the list has it.
        Facts = ServedFacts.TryRead(model, logger);
        _versions = PublishedVersions.All(model, Facts);
        if (Removed is null || !Posix.IsDirectory(model.Versions))
            return;
        // What is not there may only not be known here: the client of NFS goes by what it has asked some seconds ago,
        // until it finds, changing the directory itself, that somebody else has changed it as well.
        Touch(model.Versions);
        _versions = PublishedVersions.All(model, Facts);
    }

    /// <summary>
    /// As <c>benchmark.json</c> has it, for who has nothing to claim: the list is a round trip, and
    /// <see cref="Convergence"/> looks at it anyway before it replaces anything.
    /// </summary>
    /// <returns>Null when it tells nothing.</returns>
    public static VersionHistory? AsTold(ModelPaths model, ILogger logger) =>
        ServedFacts.TryRead(model, logger) is { } told ? new VersionHistory(model, told) : null;

    public ModelPaths Model { get; }

    /// <summary>The highest version; null before the first.</summary>
    public int? Highest => _versions is [.., var highest] ? highest : null;

    /// <summary><c>benchmark.json</c>; null when it is missing or cannot be read.</summary>
    public Manifest? Facts { get; }

    /// <summary>
    /// The version that readers have been told of, and that somebody has removed since; null when it is there. A lower
    /// one must not be served as if nothing had happened, and its number is not given again.
    /// </summary>
    public int? Removed => ServedFile.Removed(Facts, Highest);

    /// <summary>The version to claim.</summary>
    /// <exception cref="RefusedException">There is no number after the last.</exception>
    public int Next => (Removed ?? Highest ?? 0) is var last and < PublishedVersions.Last ? last + 1
        : throw new RefusedException($"There is no number after version {PublishedVersions.Last}.",
            $"Versions are numbered one by one, so somebody made this one. Move it out of {Model.Versions}, remove "
            + $"{Model.Manifest} if it names that version, then refresh the model again.");

    /// <summary>
    /// SHA-256 of the highest version's manifest; null if there is none. As it was published, if that is recorded: an
    /// altered manifest does not become genuine because a version follows it. Whoever wins the claim of
    /// <see cref="Next"/> has hashed the manifest of the version before it.
    /// </summary>
    public string? HighestManifestSha256() => Highest is { } highest
        ? RecordedManifestSha256(highest) ?? Read(highest).Sha256 : null;

    /// <summary>The highest version, if its manifest is not the one that it was published with; else null.</summary>
    public int? Altered => Highest is { } highest && RecordedManifestSha256(highest) is { } recorded
        && Read(highest).Sha256 != recorded ? highest : null;

    /// <summary>SHA-256 of a version's manifest as readers were told; null if they were told of another.</summary>
    public string? RecordedManifestSha256(int version) => Facts?.Version == version ? Facts.ManifestSha256 : null;

    /// <summary>What readers have now, with <c>refreshed_at</c> of <c>benchmark.json</c>; null if none.</summary>
    public Manifest? Current()
    {
        if (Removed is not null)
            return Facts;
        return Highest is { } highest ? FactsOf(ManifestOf(highest)) ?? ManifestOf(highest) : null;
    }

    /// <summary><c>benchmark.json</c>, if it is about this version; otherwise null.</summary>
    // The run is compared too, because numbers start again after somebody has removed everything.
    public Manifest? FactsOf(Manifest version) =>
        Facts is not null && (Facts.Version, Facts.Sha256, Facts.RunId)
            == (version.Version, version.Sha256, version.RunId) ? Facts : null;

    /// <inheritdoc cref="Read"/>
    public Manifest ManifestOf(int version) => Read(version).Manifest;

    /// <summary>
    /// Whether the highest version came about under another registry, and the one before it under this one.
    /// </summary>
    public bool IsBackUnder(string registrySha256) => _versions is [.., var before, var highest]
        && ManifestOf(highest) is { RolledBackFrom: null, AcceptedFrom: null } last
        && last.RegistrySha256 != registrySha256 && Find(before)?.RegistrySha256 == registrySha256;

    /// <summary>The version that a run has made, if it is not older than <paramref name="since"/>.</summary>
    public Manifest? MadeBy(Guid runId, DateTimeOffset since)
    {
        foreach (var version in _versions.Reverse())
        {
            if (Find(version) is not { } manifest)
                continue;
            if (manifest.RunId == runId)
                return manifest;
            if (manifest.PublishedAt < since)
                return null;
        }
        return null;
    }

    private static void Touch(string directory)
    {
        var name = Path.Combine(directory, $"{Guid.NewGuid():N}.look.tmp");
        Directory.CreateDirectory(name);
        Directory.Delete(name);
    }

    // Another publisher may have removed it since it was listed; then it is too old to be any run's at hand.
    private Manifest? Find(int version)
    {
        try
        {
            return ManifestOf(version);
        }
        catch (RefusedException) when (version != Highest && !Posix.Exists(Model.Version(version).Manifest))
        {
            return null;
        }
    }

    /// <summary>The manifest of a committed version, and the SHA-256 of its file.</summary>
    /// <exception cref="RefusedException">It cannot be read.</exception>
    public (Manifest Manifest, string Sha256) Read(int version)
    {
        if (_read.TryGetValue(version, out var read))
            return read;
        try
        {
            return _read[version] = VersionManifest.Read(Model, version);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            // The Publisher commits only whole versions, so something else has made or changed this one.
            throw new RefusedException($"Version {version} is not whole: {e.Message}",
                $"Move {Model.Version(version).Directory} out of {Model.Versions}, then refresh the model again.");
        }
    }
}
