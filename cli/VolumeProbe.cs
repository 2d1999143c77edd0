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
            // Flushed, because NFS reports a full disk nowhere else.
            WholeFile.Write(file, stream => stream.Write("probe"u8));
            Posix.TryLink(file, link);
            Posix.Rename(file, link + ".renamed");
            Posix.FlushDirectory(scratch);
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            return $"Nothing can be published on the volume {volume.Root}: {e.Message}{WhoMayWrite(volume.Root)}";
        }
        catch (IOException e)
        {
            return $"Nothing can be published on the volume {volume.Root}: {e.Message}";
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }

    // A platform gives each project users of its own: what one has written, the next may not.
    private static string WhoMayWrite(string root) => Directory.Exists(root)
        ? $" This process is {Posix.Process}, and the volume belongs to {Posix.OwnerOf(root)}. "
            + "On EFS, mount it through an access point whose POSIX user owns it."
        : "";

    /// <summary>Throws when nothing can be published on the volume.</summary>
    /// <exception cref="InfrastructureException">Nothing can be published on the volume.</exception>
    public static void Require(VolumeLayout volume)
    {
        if (Problem(volume) is { } problem)
            throw new InfrastructureException(
                $"{problem} Mount it writable, free some space, or name another with --root (BENCHMARK_ROOT).");
    }
}
