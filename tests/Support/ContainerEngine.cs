using System.ComponentModel;

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
            using var info = ChildProcess.Start(command, ["info"]);
            return info.ExitAsync().Wait(s_patience) && info.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such command.
            return false;
        }
    }
}
