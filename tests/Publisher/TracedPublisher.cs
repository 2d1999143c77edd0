using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>A publisher under strace, which makes system calls on one path fail as a file server would.</summary>
internal static class TracedPublisher
{
    /// <summary>Publishes one staged run in a process of its own.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="run">The run.</param>
    /// <param name="path">The path on which calls fail.</param>
    /// <param name="fault">What strace injects, such as <c>statx:error=EIO</c>.</param>
    /// <returns>The exit code, and what it wrote to standard error.</returns>
    public static async Task<(int ExitCode, string Error)> PublishAsync(
        VolumeLayout volume, int run, string path, params string[] fault)
    {
        using var child = Start(
            volume, run,
            ["-o", "/dev/null", "-P", path, .. fault.SelectMany(call => (string[])["-e", $"inject={call}"])]);
        return (await child.ExitAsync(), child.Error);
    }

    /// <summary>Publishes one staged run, and returns the calls that it made, one line each.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="run">The run.</param>
    /// <param name="calls">Which calls, such as <c>fsync</c> or <c>%file</c>.</param>
    public static async Task<IReadOnlyList<string>> CallsOfAsync(VolumeLayout volume, int run, string calls)
    {
        var trace = Path.Combine(volume.Root, "..", $"{Path.GetFileName(volume.Root)}.strace");
        // With the path of each descriptor.
        using var child = Start(volume, run, ["-y", "-o", trace, "-e", $"trace={calls}"]);
        (await child.ExitAsync()).Should().Be(0, child.Error);
        var lines = await File.ReadAllLinesAsync(trace);
        File.Delete(trace);
        return lines;
    }

    private static ChildProcess Start(VolumeLayout volume, int run, IEnumerable<string> options) => Strace.Start(
        [
            .. options, "dotnet", "exec", typeof(TracedPublisher).Assembly.Location, volume.Root, $"{run}", $"{run}",
        ]);
}
