using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Lineage;

/// <summary>What an event says beyond the outcome; each part is null where it is not known.</summary>
internal sealed record LineageFacts
{
    /// <summary>The model as its run had it.</summary>
    public ModelDefinition? Model { get; init; }

    /// <summary>The kind of the model's source.</summary>
    public string? SourceKind { get; init; }

    /// <summary>What readers open.</summary>
    public string? File { get; init; }

    /// <summary>The version that the refresh made or found unchanged.</summary>
    public Manifest? Version { get; init; }

    /// <summary>What the rejected data was.</summary>
    public StagedFacts? Rejected { get; init; }

    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    public SourceFacts? Source => Version?.Source ?? Rejected?.Source;
}

/// <summary>Collects them from the registry and the volume.</summary>
internal sealed class LineageFactsReader(IRegistry registry, VolumeLayout volume, ILogger<LineageFactsReader> logger)
{
    public LineageFacts Read(EndedRefresh ended)
    {
        var (run, refresh) = (ended.Run, ended.Refresh);
        var facts = new LineageFacts();
        if (!SafeName.IsValid(refresh.ValueStream) || !SafeName.IsValid(refresh.Model))
            return facts;
        var paths = volume.Model(refresh.Name);
        facts = facts with { File = paths.Benchmark };
        try
        {
            var pinned = registry.Pinned(run.RegistrySha256);
            var model = pinned.Find(refresh.ValueStream, refresh.Model);
            facts = facts with
            {
                Model = model,
                SourceKind = model is null ? null : pinned.Sources.GetValueOrDefault(model.Source)?.Kind,
            };
            return refresh switch
            {
                { Outcome: Outcome.Published or Outcome.Unchanged, Version: { } version } =>
                    Of(facts, VolumeJson.Read<Manifest>(paths.Version(version).Manifest)),
                { Outcome: Outcome.Rejected } => Of(facts, paths.Rejected(run.CorrelationId)),
                _ => facts,
            };
        }
        // The event is worth sending without them.
        catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException
            or RegistryException)
        {
            logger.LineageFactsUnreadable(refresh.Name, run.CorrelationId, reason.Message);
            return facts;
        }
    }

    private static LineageFacts Of(LineageFacts facts, Manifest version) =>
        facts with { Version = version, Checks = version.Checks };

    private static LineageFacts Of(LineageFacts facts, StagedPaths rejected) => facts with
    {
        Rejected = VolumeJson.Read<StagedFacts>(rejected.Facts),
        Checks = VolumeJson.Read<ValidationReport>(rejected.Report).Checks,
    };
}
