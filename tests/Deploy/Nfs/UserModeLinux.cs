using System.ComponentModel;
using System.Globalization;
using Benchmark.Tests.Support;

namespace Benchmark.Deploy.Tests.Nfs;

/// <summary>
/// A Linux kernel that runs as a process, with a real NFS server and real NFS clients, whatever the kernel of this
/// machine has. It sees the files of this machine, read-only, so it runs the same programs.
/// </summary>
internal static class UserModeLinux
{
    // After its limit it switches itself off, even if these tests are gone; what does not is ended.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    /// <summary>What the scripts run, with the packages that have it.</summary>
    private static readonly (string Program, string Package)[] s_needed =
    [
        ("linux.uml", "user-mode-linux"),
        ("rpc.nfsd", "nfs-kernel-server"),
        ("mount.nfs", "nfs-common"),
        ("busybox", "busybox-static"),
        ("mke2fs", "e2fsprogs"),
        ("setquota", "quota"),
        ("setpriv", "util-linux"),
    ];

    /// <summary>Runs one of the scripts in <c>Machine/</c>, until it has ended or the time is over.</summary>
    /// <exception cref="InvalidOperationException">It did not come to its end; the message has its output.</exception>
    public static async Task<MachineReport> RunAsync(string script, DirectoryInfo scratch, TimeSpan limit)
    {
        string[] disks = [NewDisk(scratch, "disk-a"), NewDisk(scratch, "disk-b")];
        var visible = scratch.CreateSubdirectory("host");
        using var machine = ChildProcess.Start("linux.uml",
        [
            "mem=1536M", "quiet", "con=null", "con0=fd:0,fd:1", $"uml_dir={scratch.FullName}/",
            $"ubda={disks[0]}", $"ubdb={disks[1]}",
            "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro",
            $"init={RepositoryRoot.PathOf("tests/Deploy/Nfs/Machine/init.sh")}",
            // What the kernel does not know becomes the environment of init.
            $"BENCHMARK_SCENARIO={script}",
            $"BENCHMARK_SCRATCH={visible.FullName}",
            string.Create(CultureInfo.InvariantCulture, $"BENCHMARK_SECONDS={limit.TotalSeconds:F0}"),
            $"BENCHMARK_DOTNET={Find("dotnet")}",
            $"BENCHMARK_CLI={Path.Combine(AppContext.BaseDirectory, "benchmark.dll")}",
        ]);
        await Task.WhenAny(machine.ExitAsync(), Task.Delay(limit + s_grace));
        return MachineReport.TryRead(visible) ?? throw new InvalidOperationException(
            $"{script} did not come to its end within {limit}.\n{ScenarioLog(visible)}\n{machine.Output}");
    }

    /// <summary>Why no such machine can be run here; null when one can.</summary>
    public static async Task<string?> WhyNotAsync()
    {
        // Not installed from here: where no policy forbids it, Debian starts the NFS server.
        var missing = s_needed.Where(needed => Find(needed.Program) is null).ToList();
        if (missing.Count > 0)
            return $"{string.Join(", ", missing.Select(needed => needed.Program))} is not on this machine: "
                + $"apt-get install {string.Join(' ', missing.Select(needed => needed.Package))}.";
        var scratch = Directory.CreateTempSubdirectory("benchmark-nfs-");
        try
        {
            var probe = await RunAsync("probe.sh", scratch, TimeSpan.FromSeconds(15));
            return probe.ExitCode == 0 ? null : $"NFS cannot be mounted in user-mode Linux: {probe.Log}";
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return $"User-mode Linux cannot be run here: {e.Message}";
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':')
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    private static string ScenarioLog(DirectoryInfo visible)
    {
        var log = Path.Combine(visible.FullName, "scenario.log");
        return File.Exists(log) ? File.ReadAllText(log) : "It did not start.";
    }

    // Takes the space of what is written to it.
    private static string NewDisk(DirectoryInfo scratch, string name)
    {
        var path = Path.Combine(scratch.FullName, name);
        using var disk = File.Create(path);
        disk.SetLength(64 << 20);
        return path;
    }
}
