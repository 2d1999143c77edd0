using System.CommandLine;
using Benchmark.Contracts.Volume;

namespace Benchmark.Cli;

/// <summary><c>benchmark volume accept</c>: says that a volume without trace of a run is the right one.</summary>
internal static class VolumeCommand
{
    public static Command Create(Terminal terminal)
    {
        var accept = new Command(
            "accept", "Say that the volume is the right one, although the database knows of runs on another.");
        accept.SetAction(parsed => Accept(new Invocation(parsed, terminal)));
        return new Command("volume", "About the volume.") { accept };
    }

    private static int Accept(Invocation invocation)
    {
        var volume = invocation.Volume;
        VolumeProbe.Require(volume);
        var known = Posix.Exists(volume.Installation);
        var id = Installation.Make(volume);
        if (invocation.Json)
            invocation.Terminal.Json(new { volume.Root, Installation = id });
        else
            invocation.Terminal.Line(known
                ? $"The volume {volume.Root} is that of installation {id} already."
                : $"The volume {volume.Root} is now that of installation {id}.");
        return ExitCode.Done;
    }
}
