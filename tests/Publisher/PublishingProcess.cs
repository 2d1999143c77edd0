using System.Diagnostics;
using System.Globalization;
using Benchmark.Contracts.Volume;
using Benchmark.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Publisher.Tests;

/// <summary>A publisher in a process of its own, which can be raced against and killed.</summary>
internal static class PublishingProcess
{
    /// <summary>Starts a process that publishes staged runs in order, and says each number when it is done.</summary>
    public static ChildProcess Start(VolumeLayout volume, int firstRun, int lastRun) =>
        ChildProcess.StartDotnet(
            typeof(PublishingProcess).Assembly.Location, [volume.Root, $"{firstRun}", $"{lastRun}"]);

    /// <summary>Starts a process that publishes the run that it is told, and says what came of it.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="daysBetween">By its clock from run to run; after 8, each removes a version kept no longer.</param>
    /// <param name="environment">What its environment has besides.</param>
    public static async Task<ChildProcess> StartObedientAsync(
        VolumeLayout volume, int daysBetween = 0, IReadOnlyDictionary<string, string>? environment = null)
    {
        var child = ChildProcess.StartDotnet(
            typeof(PublishingProcess).Assembly.Location, [volume.Root, $"{daysBetween}"], environment);
        (await child.ReadLineAsync()).Should().Be("ready", child.Error);
        return child;
    }

    // Not a wait for something to happen: where in the publication the kill falls is what is being drawn.
    public static void Spin(TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
            Thread.SpinWait(10);
    }

    public static int Main(string[] args)
    {
        var volume = new VolumeLayout(args[0]);
        if (args.Length == 2)
            Obey(volume, TimeSpan.FromDays(Number(args[1])));
        else
            PublishAll(new BareSwap(volume), Number(args[1]), Number(args[2]));
        return 0;
    }

    private static void PublishAll(BareSwap swap, int first, int last)
    {
        for (var run = first; run <= last; run++)
        {
            swap.Publish(StagedData.Message(run));
            Console.WriteLine(run);
        }
    }

    private static void Obey(VolumeLayout volume, TimeSpan between)
    {
        WarmUp();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var swap = new BareSwap(volume, time);
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } run)
        {
            time.Advance(between);
            Console.WriteLine(Publish(swap, Number(run)));
        }
    }

    // As the consumer does: again when the volume fails, and after the last time what readers see.
    private static string Publish(BareSwap swap, int run)
    {
        const int attempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var refresh = swap.TryPublish(StagedData.Message(run), isLastAttempt: attempt == attempts);
                return refresh is null ? "nothing" : $"{refresh.Outcome} {refresh.Version} {refresh.Reason}";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt == attempts)
                    return $"threw {e.Message.ReplaceLineEndings(" ")}";
            }
        }
    }

    // So that the runtime has what it needs before its calls fail, too.
    private static void WarmUp()
    {
        using var volume = new TempVolume();
        var swap = new BareSwap(volume.Layout);
        for (var run = 1; run <= 3; run++)
        {
            volume.Layout.Stage(run, content: Math.Min(run, 2));
            Publish(swap, run);
        }
        volume.Layout.Stage(4);
        Directory.Move(volume.Layout.Paths().Versions, volume.Layout.Paths().Versions + ".aside");
        File.WriteAllText(volume.Layout.Paths().Versions, "in the way");
        Publish(swap, 4);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
