using System.Text.Json;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Registry;

/// <summary>What differs between two registries, for the log.</summary>
internal sealed class RegistryChange(ModelRegistry before, ModelRegistry after)
{
    private const int MostNamed = 20;

    public string Added => Named(after.Models.Where(m => Before(m) is null).Select(m => $"{m.Name}"));

    public string Removed => Named(before.Models.Where(m => After(m) is null).Select(m => $"{m.Name}"));

    public string Changed => Named(after.Models
        .Where(m => Before(m) is { } old && Form(old) != Form(m)).Select(m => $"{m.Name}"));

    /// <summary>Names of sources only: a connection is a secret.</summary>
    public string Sources => Named(before.Sources.Keys.Union(after.Sources.Keys)
        .Where(name => before.Sources.GetValueOrDefault(name) != after.Sources.GetValueOrDefault(name)));

    /// <summary>Whether nothing differs.</summary>
    public bool None => before.Sha256 == after.Sha256 && Sources == "none";

    private ModelDefinition? Before(ModelDefinition model) => before.Find(model.ValueStream, model.Model);

    private ModelDefinition? After(ModelDefinition model) => after.Find(model.ValueStream, model.Model);

    private static string Form(ModelDefinition model) => JsonSerializer.Serialize(model, VolumeJson.Options);

    private static string Named(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 0 ? "none"
            : string.Join(", ", all.Take(MostNamed)) + (all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : "");
    }
}
