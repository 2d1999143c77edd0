using System.Text.Json;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Registry;

/// <summary>The differences between two registries, for the log.</summary>
internal sealed class RegistryChange(ModelRegistry previous, ModelRegistry next)
{
    private const int MostNamed = 20;

    public string Added => Named(next.Models.Where(m => Previous(m) is null).Select(m => $"{m.Name}"));

    public string Removed => Named(previous.Models.Where(m => Next(m) is null).Select(m => $"{m.Name}"));

    public string Changed => Named(next.Models
        .Where(m => Previous(m) is { } old && Json(old) != Json(m)).Select(m => $"{m.Name}"));

    /// <summary>Names of sources only: a connection is a secret.</summary>
    public string Sources => Named(previous.Sources.Keys.Union(next.Sources.Keys)
        .Where(name => Json(previous.Sources.GetValueOrDefault(name)) != Json(next.Sources.GetValueOrDefault(name))));

    /// <summary>Whether nothing differs.</summary>
    public bool None => previous.Sha256 == next.Sha256 && Sources == "none";

    private ModelDefinition? Previous(ModelDefinition model) => previous.Find(model.ValueStream, model.Model);

    private ModelDefinition? Next(ModelDefinition model) => next.Find(model.ValueStream, model.Model);

    private static string Json<T>(T definition) => JsonSerializer.Serialize(definition, VolumeJson.Options);

    private static string Named(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 0 ? "none"
            : string.Join(", ", all.Take(MostNamed)) + (
                all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : "");
    }
}
