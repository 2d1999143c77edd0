namespace Benchmark.Cli;

/// <summary>Tells whether a directory is on a network file system, EFS for example, which is NFS.</summary>
internal static class NetworkFileSystem
{
    private static readonly HashSet<string> s_kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "9p", "v9fs", "ceph", "glusterfs", "lustre", "gpfs", "afs",
    };

    /// <summary>The kind of the network file system that a path is on, or would be; null on any other.</summary>
    public static string? Of(string path) => Of(path, directory => new DriveInfo(directory).DriveFormat);

    /// <param name="path">It need not exist.</param>
    /// <param name="kindOf">The kind of file system of a directory that exists.</param>
    internal static string? Of(string path, Func<string, string> kindOf)
    {
        var existing = Path.GetFullPath(path);
#pragma warning disable RS0030 // Nothing is decided but a warning; a directory that cannot be examined has a parent.
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
#pragma warning restore RS0030
        return kindOf(existing) is var kind && s_kinds.Contains(kind) ? kind : null;
    }
}
