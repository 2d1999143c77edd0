using System.Text.Json.Serialization;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli.Models;

/// <summary>The served version of a model, its age and its drift; one element of <c>models --json</c>.</summary>
internal sealed record ModelStatus
{
    public required string ValueStream { get; init; }

    public required string Model { get; init; }

    /// <summary>The version being served; null before the first.</summary>
    public int? Version { get; init; }

    public long? Rows { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>When the next scheduled refresh is due; null before the first.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// Whether the due refresh is overdue by more than a run may take, or the model was never published.
    /// </summary>
    public required bool Late { get; init; }

    public WorstDrift? WorstDrift { get; init; }

    /// <summary>Path of the served version's data file, which never changes.</summary>
    public string? File { get; init; }

    [JsonIgnore]
    public ModelKey Name => new() { ValueStream = ValueStream, Model = Model };

    /// <summary>The status when nothing is published, or the manifest is damaged.</summary>
    public static ModelStatus Unknown(ModelDefinition model) =>
        new() { ValueStream = model.ValueStream, Model = model.Model, Late = true };

    public static ModelStatus Of(ModelDefinition model, VolumeLayout volume, DateTimeOffset now)
    {
        var paths = volume.Model(model.Name);
        if (!System.IO.File.Exists(paths.Manifest))
            return Unknown(model);

        var manifest = VolumeJson.Read<Manifest>(paths.Manifest);
        return new ModelStatus
        {
            ValueStream = model.ValueStream,
            Model = model.Model,
            Version = manifest.Version,
            Rows = manifest.Rows,
            PublishedAt = manifest.PublishedAt,
            RefreshedAt = manifest.RefreshedAt,
            DueAt = model.DueAfter(manifest.RefreshedAt),
            Late = model.IsLate(manifest.RefreshedAt, now),
            WorstDrift = manifest.Drift?.Worst,
            File = Path.Combine(volume.Root, manifest.File),
        };
    }
}
