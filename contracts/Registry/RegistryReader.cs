using System.Collections;
using Benchmark.Contracts.Registry.Document;
using Benchmark.Contracts.Registry.Reading;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Registry;

/// <summary>
/// Reads the registry: a YAML file or a directory of them, the flat keys of the environment, or both.
/// </summary>
public static class RegistryReader
{
    /// <summary>Reads everything and applies all defaults.</summary>
    /// <param name="path">A YAML file, or a directory of YAML files and flat keys (a mounted ConfigMap).</param>
    /// <param name="environment">Where flat keys are looked up.</param>
    /// <param name="volumeRoot">The volume; the paths of flat keys must be on it.</param>
    /// <param name="toOpenSources">Whether it is also a problem when a variable that the connection of a source in use
    /// names with <c>${NAME}</c> is not set: only who opens sources needs it.</param>
    /// <exception cref="RegistryException">It is invalid; the exception lists every problem.</exception>
    public static ModelRegistry Read(
        string path, IReadOnlyDictionary<string, string?> environment, string volumeRoot, bool toOpenSources = false) =>
        Read(new Place(path), new RegistryFiles(path), environment, volumeRoot, toOpenSources);

    /// <param name="registry">Where the registry is, for problems that concern it as a whole.</param>
    /// <param name="files">Reads the files and remembers what was read.</param>
    /// <param name="environment">Where flat keys are looked up.</param>
    /// <param name="volumeRoot">The volume; the paths of flat keys must be on it.</param>
    /// <param name="toOpenSources">Whether the variables of connections must be set as well.</param>
    internal static ModelRegistry Read(
        Place registry, RegistryFiles files, IReadOnlyDictionary<string, string?> environment, string volumeRoot,
        bool toOpenSources = false)
    {
        var problems = new Problems();
        files.Read(problems);
        var flatKeys = files.FlatKeys.Concat(FlatForm.KeysOf(environment));
        var flat = new FlatForm([.. flatKeys], new VolumeLayout(volumeRoot), problems);
        var documents = files.Yaml.Select(file => ReadDocument(file, problems)).ToList();
        var nothing = documents.Count == 0 && !flat.HasModels;
        if (nothing && !problems.Any)
            problems.Add(registry, "there is no registry here.",
                "'benchmark init' drafts one of your data, 'benchmark demo' makes a sample; point BENCHMARK_REGISTRY "
                + "or --registry at a YAML file or a directory of them, or set <MODEL>_BENCHMARKING_PATH for each "
                + "model.");
        // Without the content of an unreadable file, checking the rest would report problems that do not exist.
        if (nothing || !files.Complete || documents.Contains(null))
            problems.ThrowIfAny();

        var document = new DocumentMerge(problems).Merge(documents.OfType<RegistryDocument>());
        flat.AddTo(document);
        var resolved = new Resolver(document, files, toOpenSources ? environment : null, problems)
            .Resolve(registry, flat.Threshold);
        problems.ThrowIfAny();
        return resolved;
    }

    private static RegistryDocument? ReadDocument(YamlFile file, Problems problems) =>
        YamlReader.Read(file.Path, file.Text, problems) is { } node
            ? new Binder(problems).Bind<RegistryDocument>(node)
            : null;

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyDictionary<string, string?> ProcessEnvironment() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value);
}
