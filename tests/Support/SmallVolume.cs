using Benchmark.Contracts.Volume;

namespace Benchmark.Tests.Support;

/// <summary>A file system of its own, small enough to fill. Mounting takes root, or sudo without a password.</summary>
public sealed class SmallVolume : IDisposable
{
    private const int Page = 4096;

    private readonly DirectoryInfo _mountPoint;

    /// <summary>Mounts it.</summary>
    /// <param name="at">Where; null for a directory of its own.</param>
    public SmallVolume(string? at = null)
    {
        _mountPoint = at is null
            ? Directory.CreateTempSubdirectory("benchmark-small-") : Directory.CreateDirectory(at);
        AsRoot("mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "tmpfs", _mountPoint.FullName);
    }

    public VolumeLayout Layout => field ??= new VolumeLayout(_mountPoint.FullName);

    private string Filler => Path.Combine(Layout.Root, "filler");

    /// <summary>Leaves exactly so many pages free; tmpfs gives every file whole pages.</summary>
    public void Fill(int freePages)
    {
        var pages = (int)(new DriveInfo(Layout.Root).AvailableFreeSpace / Page) - freePages;
        File.WriteAllBytes(Filler, new byte[pages * Page]);
    }

    public void FreeSpace() => File.Delete(Filler);

    public void MakeReadOnly() => AsRoot("mount", "-o", "remount,ro", _mountPoint.FullName);

    public void Dispose()
    {
        AsRoot("umount", _mountPoint.FullName);
        _mountPoint.Delete();
    }

    private static void AsRoot(params string[] command)
    {
        if (!Environment.IsPrivilegedProcess)
            command = ["sudo", "-n", .. command];
        try
        {
            ChildProcess.Run(command[0], command[1..]);
        }
        catch (InvalidOperationException failed)
        {
            throw new InvalidOperationException($"Run the tests as root or allow sudo: {failed.Message}", failed);
        }
    }
}
