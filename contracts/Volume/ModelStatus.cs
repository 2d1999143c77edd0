using System.Text.Json.Serialization;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume.Verifying;

namespace Benchmark.Contracts.Volume;

/// <summary>The served version of a model, its age and its drift.</summary>
public sealed record ModelStatus
{
    /// <summary>The value stream.</summary>
    public required string ValueStream { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The version being served; null before the first.</summary>
    public int? Version { get; init; }

    /// <summary>Its rows without the header.</summary>
    public long? Rows { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When the source last gave exactly this data, UTC.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>When the next scheduled refresh is due; null before the first.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// Whether the due refresh is overdue by more than a run may take, or the model was never published.
    /// </summary>
    public required bool Late { get; init; }

    /// <summary>Until when it is left out of its schedule, and why; null when it is not.</summary>
    public Suspension? Suspended { get; init; }

    /// <summary>The worst column against the version before; null when nothing was compared.</summary>
    public WorstDrift? WorstDrift { get; init; }

    /// <summary>The worst column against the anchor; null when nothing was compared with one.</summary>
    public WorstDrift? WorstSinceAnchor { get; init; }

    /// <summary>The warnings that it was published with, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Path of the served version's data file, which never changes.</summary>
    public string? File { get; init; }

    /// <summary>How its last refresh ended; null when no run database tells.</summary>
    public LastRefresh? LastRefresh { get; init; }

    /// <summary>The model's name.</summary>
    [JsonIgnore]
    public ModelKey Name => new() { ValueStream = ValueStream, Model = Model };

    /// <summary>The status when nothing is published, or the manifest is damaged.</summary>
    public static ModelStatus Unknown(ModelDefinition model, DateTimeOffset now) =>
        new ModelStatus { ValueStream = model.ValueStream, Model = model.Model, Late = true }.At(model, now);

    /// <summary>The status of a model, read from the volume.</summary>
    /// <exception cref="InvalidDataException">The manifest is damaged.</exception>
    /// <exception cref="IOException">The manifest cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public static ModelStatus Of(ModelDefinition model, VolumeLayout volume, DateTimeOffset now) =>
        VolumeJson.ReadIfThere<Manifest>(volume.Model(model.Name).Manifest) is { } manifest
            ? Of(model, manifest, volume, now) : Unknown(model, now);

    /// <summary>The status of a model whose served version has this manifest.</summary>
    public static ModelStatus Of(ModelDefinition model, Manifest manifest, VolumeLayout volume, DateTimeOffset now) =>
        new ModelStatus
        {
            ValueStream = model.ValueStream,
            Model = model.Model,
            Version = manifest.Version,
            Rows = manifest.Rows,
            PublishedAt = manifest.PublishedAt,
            RefreshedAt = manifest.RefreshedAt,
            WorstDrift = manifest.Drift?.Worst,
            WorstSinceAnchor = manifest.Drift?.WorstSinceAnchor,
            Warnings = [.. manifest.Checks.Where(check => check.Status == CheckStatus.Warn).Select(c => c.Message),
                .. DueRefresh.IsYetToCome(manifest.RefreshedAt, now) ? [WrongClock(manifest)] : (string[])[],
                .. ServedFile.Problem(volume.Model(model.Name)) is { } problem ? [problem] : (string[])[],
                .. VerificationRecord.Read(volume, model.Name)?.Altered.Select(file => file.InWords) ?? []],
            File = volume.Model(model.Name).Version(manifest.Version).Data,
            Late = false,
        }.At(model, now);

    /// <summary>The same version at another time, or after a change of the schedule.</summary>
    public ModelStatus At(ModelDefinition model, DateTimeOffset now) => RefreshedAt is { } refreshedAt
        ? this with
        {
            DueAt = DueRefresh.IsYetToCome(refreshedAt, now) ? null : model.DueAfter(refreshedAt),
            Late = model.IsLate(refreshedAt, now),
            Suspended = model.SuspendedAt(now),
        }
        : this with { Suspended = model.SuspendedAt(now), Late = model.SuspendedAt(now) is null };

    private static string WrongClock(Manifest manifest) => FormattableString.Invariant(
        $"It is dated {manifest.RefreshedAt.UtcDateTime:u}, which is yet to come: the clock of the machine that ")
        + "fetched it was wrong. Correct the clock, then refresh the model again.";
}
