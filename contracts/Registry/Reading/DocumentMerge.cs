using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Merges the files of a directory into one document; a name may be defined only once.</summary>
internal sealed class DocumentMerge(Problems problems)
{
    public RegistryDocument Merge(IEnumerable<RegistryDocument> documents)
    {
        var all = documents.ToList();
        return new RegistryDocument
        {
            Defaults = Only(all.Select(d => d.Defaults), "defaults"),
            Sources = Union(all.Select(d => d.Sources), "source"),
            ValueStreams = all.SelectMany(d => d.ValueStreams ?? Empty<ValueStreamSection>())
                .GroupBy(stream => stream.Key)
                .ToDictionary(same => same.Key, same => Merge(same.Key, [.. same.Select(stream => stream.Value)])),
        };
    }

    private ValueStreamSection Merge(string name, IReadOnlyList<ValueStreamSection> parts) => new()
    {
        Place = parts[0].Place,
        Defaults = Only(parts.Select(p => p.Defaults), $"defaults of {name}"),
        Common = Only(parts.Select(p => p.Common), $"common of {name}"),
        Models = Union(parts.Select(p => p.Models), "model"),
    };

    private T? Only<T>(IEnumerable<T?> sections, string what)
        where T : Section
    {
        var given = sections.OfType<T>().ToList();
        foreach (var another in given.Skip(1))
            problems.Add(another.Place, $"{what}: defined twice.", $"The first is in {given[0].Place}.");
        return given.FirstOrDefault();
    }

    private Dictionary<string, T> Union<T>(IEnumerable<IReadOnlyDictionary<string, T>?> parts, string what)
        where T : Section
    {
        var union = new Dictionary<string, T>();
        foreach (var (name, section) in parts.SelectMany(part => part ?? Empty<T>()))
        {
            if (!union.TryAdd(name, section))
                problems.Add(
                    section.Place, $"{what} '{name}' is defined twice.", $"The first is in {union[name].Place}.");
        }
        return union;
    }

    private static Dictionary<string, T> Empty<T>() => [];
}
