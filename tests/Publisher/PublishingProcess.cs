using System.Globalization;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;

namespace Benchmark.Publisher.Tests;

/// <summary>A publisher in a process of its own, which can be raced against and killed.</summary>
internal static class PublishingProcess
{
    /// <summary>Starts a process that publishes staged runs in order, and says each number when it is done.</summary>
    public static ChildProcess Start(VolumeLayout volume, int firstRun, int lastRun) =>
        ChildProcess.StartDotnet(
            typeof(PublishingProcess).Assembly.Location, [volume.Root, $"{firstRun}", $"{lastRun}"]);

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
