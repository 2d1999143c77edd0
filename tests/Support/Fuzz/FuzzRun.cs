using System.Globalization;
using Xunit.Abstractions;

namespace Benchmark.Tests.Support.Fuzz;

/// <summary>
/// Random cases that can be run again: they depend on <see cref="Seed"/> and on their number alone, and
/// BENCHMARK_FUZZ_CASES says how many.
/// </summary>
public sealed class FuzzRun(string name, int cases, ITestOutputHelper output)
{
    private static readonly TimeSpan s_longestCase = TimeSpan.FromSeconds(10);

    public int Cases { get; } = Number("BENCHMARK_FUZZ_CASES") ?? cases;

    /// <summary>Runs the cases; what goes wrong in one says which.</summary>
    public void Each(Action<Random, string> play)
    {
        // Now, too: a process that dies says nothing more.
        Say("under way");
        for (var i = 0; i < Cases; i++)
        {
            var place = $"{name}, {Seed.Variable}={Seed.Value}, case {i}";
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                play(Seed.Random(i), place);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"{place}: {e.Message}", e);
            }
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(s_longestCase, place);
        }
    }

    /// <summary>
    /// Says what the cases came to, in the test's output and in a file for CI, which hides that of a test that passed.
    /// </summary>
    public void Say(string numbers)
    {
        var line = $"{name}: {Seed.Variable}={Seed.Value}, {numbers}";
        output.WriteLine(line);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, $"fuzz-{name}.txt"), $"{line}\n");
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
