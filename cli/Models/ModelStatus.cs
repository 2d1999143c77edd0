using System.Text.Json.Serialization;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Scheduler;

namespace Benchmark.Cli.Models;

/// <summary>What is published of one model, how old it is and how far it drifted; one element of <c>models --json</c>.</summary>
internal sealed record ModelStatus
{
    public required string ValueStream { get; init; }

    public required string Model { get; init; }

    /// <summary>The version being served; null before the first.</summary>
    public int? Version { get; init; }

    public long? Rows { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>When its schedule asks for the refresh after the last one; null before the first.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The due refresh has not come, and the time that a run may take is over; or it was never published.</summary>
    public required bool Late { get; init; }

    public WorstDrift? WorstDrift { get; init; }

    /// <summary>The data file of that version: it may be opened as is, and never changes.</summary>
    public string? File { get; init; }

    [JsonIgnore]
    public ModelKey Name => new() { ValueStream = ValueStream, Model = Model };

    /// <summary>Nothing is published, or what is cannot be told.</summary>
    public static ModelStatus NothingKnown(ModelDefinition model) =>
        new() { ValueStream = model.ValueStream, Model = model.Model, Late = true };

    public static ModelStatus Of(ModelDefinition model, VolumeLayout volume, DateTimeOffset now)
    {
        var paths = volume.Model(model.Name);
        if (!System.IO.File.Exists(paths.Manifest))
            return NothingKnown(model);

        var manifest = VolumeJson.Read<Manifest>(paths.Manifest);
        var due = Slot.NextAfter(model, manifest.RefreshedAt);
        return new ModelStatus
        {
            ValueStream = model.ValueStream,
            Model = model.Model,
            Version = manifest.Version,
            Rows = manifest.Rows,
            PublishedAt = manifest.PublishedAt,
            RefreshedAt = manifest.RefreshedAt,
            DueAt = due,
            Late = due + model.RunDeadline < now,
            WorstDrift = manifest.Drift?.Worst,
            File = Path.Combine(volume.Root, manifest.File),
        };
    }
}
