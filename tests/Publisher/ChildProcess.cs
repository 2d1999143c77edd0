using System.Diagnostics;
using System.Globalization;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher.Tests;

/// <summary>A publisher in a process of its own, which can be raced against and killed.</summary>
internal static class ChildProcess
{
    /// <summary>Starts a process that publishes staged runs in order, and says each number when it is done.</summary>
    public static Process Publishing(VolumeLayout volume, int firstRun, int lastRun) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList =
            {
                "exec", typeof(ChildProcess).Assembly.Location, volume.Root,
                firstRun.ToString(CultureInfo.InvariantCulture), lastRun.ToString(CultureInfo.InvariantCulture),
            },
            RedirectStandardOutput = true,
        })!;

    public static int Main(string[] args)
    {
        var swap = new BareSwap(new VolumeLayout(args[0]));
        for (var run = int.Parse(args[1], CultureInfo.InvariantCulture);
             run <= int.Parse(args[2], CultureInfo.InvariantCulture);
             run++)
        {
            swap.Publish(StagedData.Message(run));
            Console.WriteLine(run);
        }
        return 0;
    }
}
