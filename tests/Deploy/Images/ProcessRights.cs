namespace Benchmark.Deploy.Tests.Images;

/// <summary>By which rights a process runs: the kernel's own account of it.</summary>
internal static class ProcessRights
{
    /// <summary>Those that OpenShift's <c>restricted-v2</c> leaves.</summary>
    public static IReadOnlyDictionary<string, string> Restricted { get; } = new Dictionary<string, string>
    {
        ["Uid"] = "1000660000",
        ["Gid"] = "0",
        ["CapEff"] = "0000000000000000",
        ["NoNewPrivs"] = "1",
        ["Seccomp"] = "2",
    };

    public static IReadOnlyDictionary<string, string> Of(string process) =>
        File.ReadLines($"/proc/{process}/status")
            .Select(line => line.Split(':', 2))
            .Where(field => Restricted.ContainsKey(field[0]))
            .ToDictionary(field => field[0], field => field[1].Split('\t', StringSplitOptions.RemoveEmptyEntries)[0]);

    /// <summary>Whether its root file system is mounted for writing.</summary>
    public static bool CanWriteItsRoot(string process) =>
        // <id> <parent> <device> <root> <mount point> <options> …
        File.ReadLines($"/proc/{process}/mountinfo").Select(line => line.Split(' '))
            .Single(mount => mount[4] == "/")[5].Split(',').Contains("rw");
}
