using System.Text;
using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>One YAML file of the registry.</summary>
internal sealed record YamlFile(string Path, string Text);

/// <summary>What lies at the registry's path.</summary>
internal sealed class RegistryFiles
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<YamlFile> _yaml = [];
    private readonly List<FlatKey> _flatKeys = [];

    /// <summary>Whether there is a file or directory at all.</summary>
    public bool Found { get; private init; }

    public IReadOnlyList<YamlFile> Yaml => _yaml;

    public IReadOnlyList<FlatKey> FlatKeys => _flatKeys;

    public static RegistryFiles Read(string path, Problems problems)
    {
        var files = new RegistryFiles { Found = Directory.Exists(path) || File.Exists(path) };
        if (!Directory.Exists(path))
        {
            if (files.Found)
                files.AddYaml(path, problems);
            return files;
        }

        foreach (var file in ListFiles(path, problems))
        {
            if (Path.GetExtension(file) is ".yaml" or ".yml")
                files.AddYaml(file, problems);
            else if (FlatForm.IsKey(Path.GetFileName(file)))
                files.AddFlatKey(file, problems);
        }
        return files;
    }

    /// <returns>The text; null when it cannot be read, which is then among the problems.</returns>
    public static string? ReadText(string path, Place place, Problems problems)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return s_utf8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException e)
        {
            problems.Add(place, $"{path} is not UTF-8: byte {e.Index} cannot be read.", "Save it as UTF-8.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(place, $"{path} cannot be read: {e.Message}");
        }
        return null;
    }

    private static IEnumerable<string> ListFiles(string directory, Problems problems)
    {
        try
        {
            // A mounted ConfigMap shows each file as a link, through '..data', into a directory that is swapped whole;
            // what begins with a dot is the mount's own machinery.
            return [.. Directory.EnumerateFiles(directory)
                .Where(file => !Path.GetFileName(file).StartsWith('.'))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Place(directory), $"the directory cannot be read: {e.Message}");
            return [];
        }
    }

    private void AddYaml(string file, Problems problems)
    {
        if (ReadText(file, new Place(file), problems) is { } text)
            _yaml.Add(new YamlFile(file, text));
    }

    private void AddFlatKey(string file, Problems problems)
    {
        if (ReadText(file, new Place(file), problems) is { } text && !string.IsNullOrWhiteSpace(text))
            _flatKeys.Add(new FlatKey(Path.GetFileName(file), text.Trim(), new Place(file)));
    }
}
