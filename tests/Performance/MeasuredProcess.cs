using System.Globalization;
using Benchmark.Tests.Support;

namespace Benchmark.Performance;

/// <summary>What a process took from its start to its end, as the kernel counted it.</summary>
/// <param name="Seconds">Time by the clock.</param>
/// <param name="ProcessorSeconds">Time of processors, user and system.</param>
/// <param name="Megabytes">The most memory it held at a time.</param>
internal sealed record MeasuredProcess(double Seconds, double ProcessorSeconds, double Megabytes)
{
    // The kernel gives a child the memory that its parent held when it began: GNU time's is next to nothing.
    private static readonly Lazy<string> s_time = new(
        () => Path.Combine(DebianPackage.DirectoryOf("time", "time", "/usr/bin"), "time"));

    private static readonly Dictionary<string, string> s_nothing = [];

    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static MeasuredProcess Run(
        IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments)
    {
        // What was written before is on its way to the disk still, and would be waited for by whoever flushes next.
        ChildProcess.Run("sync", []);
        var report = Path.GetTempFileName();
        try
        {
            ChildProcess.Run(
                s_time.Value, ["--format=%e %U %S %M", $"--output={report}", program, .. arguments], environment);
            return Read(File.ReadAllText(report));
        }
        finally
        {
            File.Delete(report);
        }
    }

    /// <summary>This program again, to do what its arguments say.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static MeasuredProcess Ourselves(params IEnumerable<string> arguments) =>
        Run(s_nothing, "dotnet", ["exec", typeof(MeasuredProcess).Assembly.Location, .. arguments]);

    /// <summary>The medians, each by itself.</summary>
    public static MeasuredProcess Median(IReadOnlyCollection<MeasuredProcess> runs) =>
        new(Median(runs.Select(run => run.Seconds)), Median(runs.Select(run => run.ProcessorSeconds)),
            Median(runs.Select(run => run.Megabytes)));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static MeasuredProcess Read(string report)
    {
        double[] numbers = [.. report.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new(numbers[0], numbers[1] + numbers[2], numbers[3] * 1024 / 1e6);
    }
}
