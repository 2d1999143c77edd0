using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry.Document;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>One YAML file of the registry.</summary>
internal sealed record YamlFile(string Path, string Text);

/// <summary>
/// The files that a registry is read from. It remembers what it read, so that reading again can wait until something
/// is different: hashing is much cheaper than understanding.
/// </summary>
internal sealed class RegistryFiles(string path)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<YamlFile> _yaml = [];
    private readonly List<FlatKey> _flatKeys = [];
    private readonly Dictionary<string, string?> _hashes = [];
    private IReadOnlyList<string> _listed = [];

    public IReadOnlyList<YamlFile> Yaml => _yaml;

    public IReadOnlyList<FlatKey> FlatKeys => _flatKeys;

    /// <summary>Whether all there is could be read.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>Reads what lies at the path: one file, or the files of a directory.</summary>
    public void Read(Problems problems)
    {
        try
        {
            _listed = List();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Place(path), $"the directory cannot be read: {e.Message}");
            Complete = false;
        }
        foreach (var file in _listed)
        {
            if (ReadText(file, new Place(file), problems) is not { } text)
                Complete = false;
            else if (!FlatForm.IsKey(Path.GetFileName(file)))
                _yaml.Add(new YamlFile(file, text));
            else if (!string.IsNullOrWhiteSpace(text))
                _flatKeys.Add(new FlatKey(Path.GetFileName(file), text.Trim(), new Place(file)));
        }
    }

    /// <returns>The text; null when it cannot be read, which is then among the problems.</returns>
    public string? ReadText(string file, Place place, Problems problems)
    {
        // Stays when reading fails, so that the next comparison finds a difference and the file is tried again.
        _hashes[file] = null;
        try
        {
            var bytes = File.ReadAllBytes(file);
            _hashes[file] = Convert.ToHexString(SHA256.HashData(bytes));
            return s_utf8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException e)
        {
            problems.Add(place, $"{file} is not UTF-8: byte {e.Index} cannot be read.", "Save it as UTF-8.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(place, $"{file} does not exist.", "A relative path begins at the registry's own directory.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(place, $"{file} cannot be read: {e.Message}");
        }
        return null;
    }

    /// <summary>Whether reading again would read the same bytes from the same files.</summary>
    public bool SameAgain()
    {
        try
        {
            return List().SequenceEqual(_listed)
                && _hashes.All(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.Key))) == file.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading says what is wrong.
            return false;
        }
    }

    private IReadOnlyList<string> List()
    {
        if (!Directory.Exists(path))
            return File.Exists(path) ? [path] : [];
        // A mounted ConfigMap shows each file as a link, through '..data', into a directory that is swapped whole;
        // what begins with a dot is the mount's own machinery.
        return [.. Directory.EnumerateFiles(path)
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" || FlatForm.IsKey(Path.GetFileName(file)))
            .Order(StringComparer.Ordinal)];
    }
}
