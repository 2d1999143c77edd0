using System.Runtime.InteropServices;

namespace Benchmark.Hosting;

/// <summary>
/// OpenShift runs the pods of a namespace as a user whom no file belongs to, of group 0. Another namespace, as after a
/// restore, has another user, who must be able to work with what the first has made.
/// </summary>
public static partial class ArbitraryUser
{
    private const uint GroupMayWrite = 0x10;

    /// <summary>Lets group 0 change the directories that this process will make, if it runs so.</summary>
    public static void ShareWithGroup()
    {
        if (geteuid() != 0 && getegid() == 0)
            umask(umask(0) & ~GroupMayWrite);
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc")]
    private static partial uint getegid();

    [LibraryImport("libc")]
    private static partial uint umask(uint mask);
}
