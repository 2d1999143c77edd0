using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Checks;

/// <summary>
/// The version that cumulative drift is measured against, so that many small steps cannot hide a large one.
/// </summary>
/// <param name="Number">Its number.</param>
/// <param name="IsConfigured">Whether the registry names it; otherwise it is the oldest version kept.</param>
internal sealed record Anchor(int Number, bool IsConfigured)
{
    /// <summary>Its documents; null when there is a <see cref="Problem"/>.</summary>
    public VersionDocuments? Version { get; private init; }

    /// <summary>Why it cannot be compared with; null when it can.</summary>
    public string? Problem { get; private init; }

    /// <summary><c>version 3 (2026-03-01), the anchor</c></summary>
    public string InWords
    {
        get
        {
            var published = Version is null ? "" : $" ({Format.Date(Version.Manifest.PublishedAt)})";
            return $"version {Number}{published}, {(IsConfigured ? "the anchor" : "the oldest version kept")}";
        }
    }

    /// <summary>Finds the anchor and reads its documents.</summary>
    /// <returns>Null when that is the published version, with which the data is compared anyway.</returns>
    public static Anchor? Read(
        ModelPaths paths, ModelDefinition model, VersionDocuments published, IReadOnlyList<int> kept)
    {
        var anchor = new Anchor(model.DriftAnchor ?? kept[0], IsConfigured: model.DriftAnchor is not null);
        if (anchor.Number == published.Version)
            return null;
        if (!kept.Contains(anchor.Number))
            return anchor with
            {
                Problem = $"it does not exist (kept: {string.Join(", ", kept)}); correct "
                + "drift.anchor in the registry"
            };
        try
        {
            return anchor with { Version = VersionDocuments.Read(paths, anchor.Number) };
        }
        catch (InvalidDataException e)
        {
            return anchor with { Problem = $"its manifest.json or profile.json cannot be read ({e.Message})" };
        }
    }
}
