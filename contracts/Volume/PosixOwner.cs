using System.Runtime.InteropServices;

namespace Benchmark.Contracts.Volume;

/// <summary>Who owns a file or directory, and who may do what with it.</summary>
/// <param name="User">The owner's uid.</param>
/// <param name="Group">The group's gid.</param>
/// <param name="Mode">The permissions, such as 0755 in octal.</param>
public readonly partial record struct PosixOwner(uint User, uint Group, int Mode)
{
    /// <summary>The uid that this process acts with.</summary>
    public static uint ProcessUser => geteuid();

    /// <summary>The gid that this process acts with.</summary>
    public static uint ProcessGroup => getegid();

    /// <summary>
    /// Whether it is a user of OpenShift's choice, of group 0: another may have to work with what this one makes.
    /// </summary>
    public static bool IsArbitraryUser => ProcessUser != 0 && ProcessGroup == 0;

    /// <summary>The owner of what has the name; null when nothing has it, or it cannot be examined.</summary>
    public static unsafe PosixOwner? Of(string path)
    {
        const int currentDirectory = -100;
        const uint basicStats = 0x7ff;
        // struct statx has one layout on every architecture: uid at 20, gid at 24, mode at 28.
        var buffer = stackalloc byte[256];
        return statx(currentDirectory, path, 0, basicStats, buffer) == 0
            ? new PosixOwner(*(uint*)(buffer + 20), *(uint*)(buffer + 24), *(ushort*)(buffer + 28) & 0xfff)
            : null;
    }

    /// <summary><c>10001:10001, mode 0755</c>.</summary>
    public override string ToString() => $"{User}:{Group}, mode 0{Convert.ToString(Mode, 8)}";

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc")]
    private static partial uint getegid();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* buffer);
}
