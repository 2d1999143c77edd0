using System.Security.Cryptography;
using System.Text.Json;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Registry;

/// <summary>One whole, valid registry. Immutable.</summary>
public sealed class ModelRegistry
{
    private readonly Dictionary<ModelKey, ModelDefinition> _byName;

    /// <summary>A registry of these models and sources.</summary>
    public ModelRegistry(
        IEnumerable<ModelDefinition> models, IEnumerable<SourceDefinition> sources, NotifyTargets notify)
    {
        Models = [
            .. models.OrderBy(m => m.ValueStream, StringComparer.Ordinal).ThenBy(m => m.Model, StringComparer.Ordinal)];
        Sources = sources.ToDictionary(s => s.Name);
        Notify = notify;
        _byName = Models.ToDictionary(m => m.Name);
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(ToPinnedJson()));
    }

    /// <summary>All models and shared datasets, by value stream and name.</summary>
    public IReadOnlyList<ModelDefinition> Models { get; }

    /// <summary>The sources by name.</summary>
    public IReadOnlyDictionary<string, SourceDefinition> Sources { get; }

    /// <summary>Who is notified of runs of models that are not in the registry.</summary>
    public NotifyTargets Notify { get; }

    /// <summary>SHA-256 of the resolved models (defaults applied, without connections), lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>Where its files say what; of one that was pinned, nothing is known.</summary>
    public RegistryPlaces Places { get; init; } = RegistryPlaces.None;

    /// <summary>The model of that name, or null.</summary>
    public ModelDefinition? Find(string valueStream, string model) =>
        _byName.GetValueOrDefault(new ModelKey { ValueStream = valueStream, Model = model });

    /// <summary>The same with these of its models alone.</summary>
    public ModelRegistry Only(IEnumerable<ModelDefinition> models) =>
        new(models, Sources.Values, Notify) { Places = Places };

    /// <summary>What a run is pinned to: the models and who is notified, without sources and secrets.</summary>
    public byte[] ToPinnedJson() =>
        JsonSerializer.SerializeToUtf8Bytes(new Pinned { Notify = Notify, Models = Models }, VolumeJson.Options);

    /// <summary>
    /// A pinned registry with the current sources, so that a rotated credential reaches open runs too.
    /// </summary>
    public static ModelRegistry FromPinnedJson(ReadOnlySpan<byte> json, IEnumerable<SourceDefinition> sources)
    {
        var pinned = JsonSerializer.Deserialize<Pinned>(json, VolumeJson.Options)
            ?? throw new InvalidDataException("The pinned registry is empty.");
        return new ModelRegistry(pinned.Models, sources, pinned.Notify);
    }

    private sealed record Pinned
    {
        public required NotifyTargets Notify { get; init; }

        public required IReadOnlyList<ModelDefinition> Models { get; init; }
    }
}
