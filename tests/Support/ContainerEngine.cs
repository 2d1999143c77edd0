using System.ComponentModel;
using System.Diagnostics;

namespace Benchmark.Tests.Support;

/// <summary>Docker or Podman on this machine.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly Lazy<bool> s_runs = new(() => Answers("docker") || Answers("podman"));

    /// <summary>Whether one is there and running: the command alone, without its engine, runs nothing.</summary>
    public static bool Runs => s_runs.Value;

    private static bool Answers(string command)
    {
        try
        {
            using var info = Process.Start(new ProcessStartInfo(command, ["info"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            info.BeginOutputReadLine();
            info.BeginErrorReadLine();
            if (info.WaitForExit(s_patience))
                return info.ExitCode == 0;
            info.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            // There is no such command.
            return false;
        }
    }
}
