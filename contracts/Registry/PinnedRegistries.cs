using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Contracts.Registry;

/// <summary>The registries that runs are pinned to, stored on the volume by hash.</summary>
internal sealed class PinnedRegistries(VolumeLayout volume, ILogger logger)
{
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Stores a registry unless it is there already.</summary>
    public void Store(ModelRegistry registry)
    {
        var path = volume.PinnedRegistry(registry.Sha256);
        if (ReadWhole(path, registry.Sha256) is not null)
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Another process may write it at the same moment: the same bytes.
        WholeFile.Write(path, stream => stream.Write(registry.ToPinnedJson()));
        logger.RegistryPinned(registry.Sha256, path);
    }

    /// <summary>The registry with this hash and the current sources; null when it is not stored.</summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public ModelRegistry? Find(string sha256, ModelRegistry current)
    {
        // The hash comes from a message and becomes part of a path.
        if (sha256.Length != 64 || sha256.AsSpan().ContainsAnyExcept(s_hex))
            return Missing("not a SHA-256", sha256[..Math.Min(sha256.Length, 64)]);
        if (ReadWhole(volume.PinnedRegistry(sha256), sha256) is not { } json)
            return Missing("no such file, or its content is damaged", sha256);
        try
        {
            return ModelRegistry.FromPinnedJson(json, current.Sources.Values);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return Missing($"another version of this program wrote it: {e.Message}", sha256);
        }

        ModelRegistry? Missing(string reason, string shown)
        {
            logger.PinMissing(shown, reason, current.Sha256);
            return null;
        }
    }

    // A file whose content does not match its name counts as absent.
    private static byte[]? ReadWhole(string path, string sha256)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256 ? bytes : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
