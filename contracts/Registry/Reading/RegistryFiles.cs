using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry.Document;
using Benchmark.Contracts.Volume;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>One YAML file of the registry.</summary>
internal sealed record YamlFile(string Path, string Text);

/// <summary>
/// The files of a registry. Remembers the hash of what it read, so that the registry is parsed again only when a file
/// has changed.
/// </summary>
internal sealed class RegistryFiles(string path)
{
    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<YamlFile> _yaml = [];
    private readonly List<FlatKey> _flatKeys = [];
    private readonly Dictionary<string, string?> _hashes = [];
    private IReadOnlyList<string> _listed = [];

    public IReadOnlyList<YamlFile> Yaml => _yaml;

    public IReadOnlyList<FlatKey> FlatKeys => _flatKeys;

    /// <summary>Whether every file could be read.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>Reads the file, or the files of the directory.</summary>
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
            else
                _flatKeys.Add(new FlatKey(Path.GetFileName(file), text.Trim(), new Place(file)));
        }
    }

    /// <returns>The text; null, and a problem added, when it cannot be read.</returns>
    public string? ReadText(string file, Place place, Problems problems)
    {
        // Stays null when reading fails, so that the file is tried again next time.
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
            problems.Add(place, $"{file} does not exist.", "A relative path is relative to the registry's directory.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(place, $"{file} cannot be read: {e.Message}");
        }
        return null;
    }

    /// <summary>Whether the files still have the content that was read.</summary>
    public bool AreUnchanged()
    {
        try
        {
            return List().SequenceEqual(_listed)
                && _hashes.All(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.Key))) == file.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next read reports the problem.
            return false;
        }
    }

    private IReadOnlyList<string> List()
    {
        if (!Posix.IsDirectory(path))
            return Posix.IsFile(path) ? [path] : [];
        // In a mounted ConfigMap each file is a link through '..data' to a directory that is replaced as a whole;
        // names that begin with a dot belong to the mount.
        return [.. Directory.EnumerateFiles(path)
            .Where(file => !Path.GetFileName(file).StartsWith('.'))
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" || FlatForm.IsKey(Path.GetFileName(file)))
            .Order(StringComparer.Ordinal)];
    }
}
