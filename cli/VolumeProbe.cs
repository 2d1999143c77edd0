using Benchmark.Contracts.Volume;

namespace Benchmark.Cli;

/// <summary>
/// Checks that the volume supports what publishing needs, on a scratch file: create, link, rename, flush.
/// </summary>
internal static class VolumeProbe
{
    /// <summary>Why nothing can be published on the volume; null when it can.</summary>
    public static string? Problem(VolumeLayout volume)
    {
        var scratch = Path.Combine(volume.Bookkeeping, $"probe-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(scratch);
            var (file, link) = (Path.Combine(scratch, "a"), Path.Combine(scratch, "b"));
            File.WriteAllText(file, "probe");
            Posix.TryLink(file, link);
            Posix.Rename(file, link + ".renamed");
            Posix.FlushDirectory(scratch);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"Nothing can be published on the volume {volume.Root}: {e.Message}";
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>Throws when nothing can be published on the volume.</summary>
    /// <exception cref="InfrastructureException">Nothing can be published on the volume.</exception>
    public static void Require(VolumeLayout volume)
    {
        if (Problem(volume) is { } problem)
            throw new InfrastructureException(
                $"{problem} Mount it writable, free some space, or name another with --root (BENCHMARK_ROOT).");
    }
}
