using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>A publisher under strace, which makes system calls on one path fail as a file server would.</summary>
internal static class Strace
{
    /// <summary>Why tests that inject faults can only be skipped; null when they can be run.</summary>
    public static string? WhyNot => DebianPackage.WhyNot("strace", "strace");

    /// <summary>Publishes one staged run in a process of its own.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="run">The run.</param>
    /// <param name="path">The path on which calls fail.</param>
    /// <param name="fault">What strace injects, such as <c>statx:error=EIO</c>.</param>
    /// <returns>The exit code, and what it wrote to standard error.</returns>
    public static async Task<(int ExitCode, string Error)> PublishAsync(
        VolumeLayout volume, int run, string path, params string[] fault)
    {
        var strace = Path.Combine(DebianPackage.DirectoryOf("strace", "strace"), "strace");
        using var child = ChildProcess.Start(strace,
        [
            "-f", "-qqq", "-o", "/dev/null", "-P", path, .. fault.SelectMany(call => (string[])["-e", $"inject={call}"]),
            "dotnet", "exec", typeof(Strace).Assembly.Location, volume.Root, $"{run}", $"{run}",
        ]);
        return (await child.ExitAsync(), child.Error);
    }
}

/// <inheritdoc cref="Strace"/>
public sealed class NeedsStraceAttribute : NeedsAttribute
{
    public override string? WhyNot => Strace.WhyNot;
}
