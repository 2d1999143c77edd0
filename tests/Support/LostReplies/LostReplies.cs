using System.Globalization;
using System.Runtime.InteropServices;

namespace Benchmark.Tests.Support;

/// <summary>
/// A program some of whose calls on a volume are carried out, and reported to have failed: as on a file server that
/// answers, and whose answer does not arrive. strace cannot do that: what it lets fail is not carried out.
/// </summary>
public sealed class LostReplies : IDisposable
{
    /// <summary>The kinds of calls that change a volume.</summary>
    public static readonly IReadOnlyList<string> Kinds =
        ["mkdir", "link", "rename", "unlink", "rmdir", "chmod", "create", "write", "fsync", "fchmod", "close"];

    private static readonly Lazy<string> s_library = new(Compile);

    // A dot for each reply that was lost.
    private readonly string _dots = Path.GetTempFileName();

    /// <summary>Loses replies.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="error">What the calls report.</param>
    /// <param name="first">The first call of the kind that does.</param>
    /// <param name="every">1 for all from the first on, 3 for every third.</param>
    /// <param name="root">The volume. Calls on what is elsewhere are left alone, and not counted.</param>
    public LostReplies(string kind, Errno error, int first, int every, string root) =>
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = s_library.Value,
            ["LOST_REPLIES"] = string.Create(
                CultureInfo.InvariantCulture, $"{kind} {(int)error} {first} {every} {root}/ {_dots}"),
        };

    /// <summary>Why tests that need it can only be skipped; null when they can be run.</summary>
    public static string? WhyNot => IsX64
        ? DebianPackage.WhyNot("gcc", "gcc libc6-dev") ?? DebianPackage.WhyNot("errno.h", "libc6-dev", "/usr/include")
        : "It knows the system calls of x86-64 only.";

    /// <summary>The environment of the program whose replies are lost.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>How many were lost so far.</summary>
    public long Count => new FileInfo(_dots).Length;

    public void Dispose() => File.Delete(_dots);

    internal static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static string Compile()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "lost_replies.so");
        ChildProcess.Run(
            Path.Combine(DebianPackage.DirectoryOf("gcc", "gcc libc6-dev"), "gcc"),
            ["-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "lost_replies.c")]);
        return library;
    }
}

/// <summary>What a call reports that failed, by its name and number in Linux.</summary>
public enum Errno
{
    ENOENT = 2,
    EIO = 5,
    EEXIST = 17,
    ENOSPC = 28,
    ESTALE = 116,
    EDQUOT = 122,
}

/// <inheritdoc cref="LostReplies"/>
public sealed class NeedsLostRepliesAttribute : NeedsAttribute
{
    public override string? WhyNot => LostReplies.WhyNot;

    public override bool IsInstallable => LostReplies.IsX64;
}
