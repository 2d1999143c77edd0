using Benchmark.Contracts.Registry.Document;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Where a document says what sources are asked.</summary>
internal static class WrittenPlaces
{
    public static RegistryPlaces Of(RegistryDocument document, IReadOnlyDictionary<string, SourceSection> sources)
    {
        var places = new RegistryPlaces();
        foreach (var (name, source) in sources)
            places.Add(source.At(nameof(source.Connection)), name);
        foreach (var (name, stream) in document.ValueStreams!)
        {
            DefaultsSection?[] above = [stream.Defaults, document.Defaults];
            if (stream.Common?.SharedData is { } shared)
                Add(places, $"{name}/{VolumeLayout.SharedData}", shared, above);
            foreach (var (model, section) in stream.Models ?? new Dictionary<string, ModelSection>())
                Add(places, $"{name}/{model}", section, above);
        }
        return places;
    }

    private static void Add(RegistryPlaces places, string model, ModelSection section, DefaultsSection?[] above)
    {
        places.Add(section.Place, model);
        string[] ways = [nameof(section.Table), nameof(section.Query), nameof(section.QueryFile)];
        places.Add(section.At(ways.FirstOrDefault(section.Has, nameof(section.Table))), model, "query");
        if (above.Prepend(section).FirstOrDefault(level => level?.Has(nameof(level.Ready)) is true) is { } asking)
            places.Add(asking.At(nameof(asking.Ready)), model, "ready");
        foreach (var column in section.Key ?? [])
            places.Add(column.Place, model, "key", column.Text);
        foreach (var (name, column) in section.Columns ?? new Dictionary<string, ColumnSection>())
        {
            places.Add(section.At(nameof(section.Columns), name), model, "columns", name);
            foreach (var key in Section.Keys(typeof(ColumnSection)).Where(key => column.Has(key.Property.Name)))
                places.Add(column.At(key.Property.Name), model, "columns", name, key.Name);
        }
    }
}
