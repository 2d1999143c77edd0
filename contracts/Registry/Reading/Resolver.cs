using Benchmark.Contracts.Registry.Document;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Resolves a document into models, which inherit from the root and from their value stream.</summary>
internal sealed class Resolver(
    RegistryDocument document, RegistryFiles files, IReadOnlyDictionary<string, string?>? toOpen, Problems problems)
{
    private readonly IReadOnlyDictionary<string, SourceSection> _sources = SourceResolver.Given(document);

    /// <param name="registry">Where the registry is, for problems that concern it as a whole.</param>
    /// <param name="threshold">VALIDATION_THRESHOLD, which overrides the root's defaults.</param>
    public ModelRegistry Resolve(Place registry, DefaultsSection threshold)
    {
        var settings = new SettingsRules([.. _sources.Keys], problems);
        var root = Section.Merge(settings.Inherit(BuiltIn(), document.Defaults), threshold);
        var models = ResolveModels(root, settings).ToList();
        if (models.Count == 0 && !problems.Any)
            problems.Add(registry, "the registry lists no model.", "Add one under value_streams: <name>: models:.");
        CheckCase();

        var sources = new SourceResolver(problems).Resolve(_sources, models, toOpen);
        return new ModelRegistry(models, sources, NotifyResolver.Targets(root))
        {
            Places = WrittenPlaces.Of(document, _sources),
        };
    }

    private IEnumerable<ModelDefinition> ResolveModels(DefaultsSection root, SettingsRules settings)
    {
        var resolver = new ModelResolver(settings, files, problems);
        foreach (var (name, stream) in document.ValueStreams!)
        {
            var level = settings.Inherit(root, stream.Defaults);
            if (stream.Common?.SharedData is { } shared)
                yield return resolver.Resolve(Key(name, VolumeLayout.SharedData), level, shared);
            foreach (var (model, section) in stream.Models ?? new Dictionary<string, ModelSection>())
            {
                if (Reserved.IsReserved(model))
                    problems.Add(section.Place, $"'{model}' cannot be a model's name.", Reserved.Rule);
                else
                    yield return resolver.Resolve(Key(name, model), level, section);
            }
        }

        static ModelKey Key(string stream, string model) => new() { ValueStream = stream, Model = model };
    }

    // The default source is the one named snowflake, or the only one.
    private DefaultsSection BuiltIn()
    {
        var builtIn = Section.Defaults<DefaultsSection>();
        builtIn.Source = _sources.ContainsKey(SourceResolver.BuiltIn) ? SourceResolver.BuiltIn
            : _sources.Count == 1 ? _sources.Keys.Single()
            : null;
        return builtIn;
    }

    // Names that differ only in case share a directory on a case-insensitive volume, and people confuse them.
    private void CheckCase()
    {
        CheckCase("value streams", document.ValueStreams!);
        foreach (var stream in document.ValueStreams!.Values)
            CheckCase("models", stream.Models ?? new Dictionary<string, ModelSection>());
    }

    private void CheckCase<T>(string what, IReadOnlyDictionary<string, T> sections)
        where T : Section
    {
        var groups = sections.GroupBy(s => s.Key, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1);
        foreach (var same in groups)
            problems.Add(same.Last().Value.Place,
                $"{what} {string.Join(" and ", same.Select(s => $"'{s.Key}'"))} differ only in case.", "Rename one.");
    }
}
