using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Checks;

/// <summary>
/// The version that drift is measured from in all, so that a large step cannot hide in many small ones.
/// </summary>
/// <param name="Number">Its number.</param>
/// <param name="IsPinned">Whether the registry names it; else it is the oldest one kept.</param>
internal sealed record Anchor(int Number, bool IsPinned)
{
    /// <summary>Its documents; null when there is a <see cref="Problem"/>.</summary>
    public Published? Version { get; private init; }

    /// <summary>Why it cannot be compared with; null when it can.</summary>
    public string? Problem { get; private init; }

    /// <summary><c>version 3 (2026-03-01), the anchor</c></summary>
    public string InWords
    {
        get
        {
            var published = Version is null ? "" : $" ({Say.Date(Version.Manifest.PublishedAt)})";
            return $"version {Number}{published}, {(IsPinned ? "the anchor" : "the oldest one kept")}";
        }
    }

    /// <summary>Finds the anchor and reads its documents.</summary>
    /// <returns>Null when that is the published version: the ordinary comparison says it all.</returns>
    public static Anchor? Read(ModelPaths paths, ModelDefinition model, Published published)
    {
        var kept = PublishedVersions.All(paths);
        var anchor = new Anchor(model.DriftAnchor ?? kept[0], IsPinned: model.DriftAnchor is not null);
        if (anchor.Number == published.Version)
            return null;
        if (!kept.Contains(anchor.Number))
            return anchor with
            {
                Problem = $"there is no such version, kept are {string.Join(", ", kept)}; correct "
                + "drift.anchor in the registry"
            };
        try
        {
            return anchor with { Version = Published.Read(paths, anchor.Number) };
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return anchor with { Problem = $"its manifest.json or profile.json cannot be read ({e.Message})" };
        }
    }
}
