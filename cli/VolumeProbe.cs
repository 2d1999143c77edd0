using Benchmark.Contracts.Volume;

namespace Benchmark.Cli;

/// <summary>Does to the volume what publishing does, on a scratch file: make, link, rename, flush.</summary>
internal static class VolumeProbe
{
    /// <summary>Why nothing could be published on the volume, for a person to read; null when it could.</summary>
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

    /// <summary>Refuses to start what could only fail.</summary>
    /// <exception cref="InfrastructureException">Nothing could be published on the volume.</exception>
    public static void Require(VolumeLayout volume)
    {
        if (Problem(volume) is { } problem)
            throw new InfrastructureException($"{problem} Mount it writable, free some space, or name another with --root (BENCHMARK_ROOT).");
    }
}
