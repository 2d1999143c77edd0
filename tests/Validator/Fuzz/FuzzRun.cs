using System.Globalization;
using Xunit.Abstractions;

namespace Benchmark.Validator.Tests.Fuzz;

/// <summary>
/// Random cases that can be run again: BENCHMARK_FUZZ_SEED gives the seed, a case has its own number, and
/// BENCHMARK_FUZZ_CASES says how many.
/// </summary>
internal sealed class FuzzRun(string name, ITestOutputHelper output)
{
    private static readonly TimeSpan s_longestCase = TimeSpan.FromSeconds(10);

    public int Seed { get; } = Number("BENCHMARK_FUZZ_SEED") ?? System.Random.Shared.Next();

    /// <summary>Runs the cases; what goes wrong in one says which.</summary>
    public void Each(int cases, Action<Random, string> play)
    {
        for (var i = 0; i < cases; i++)
        {
            var place = $"{name}, BENCHMARK_FUZZ_SEED={Seed}, case {i}";
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                play(new Random(HashCode(Seed, i)), place);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"{place}: {e.Message}", e);
            }
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(s_longestCase, place);
        }
    }

    /// <summary>Says what the cases came to, in the test's output and in a file for CI, which hides that of a test that passed.</summary>
    public void Say(string numbers)
    {
        var line = $"{name}: seed {Seed}, {numbers}";
        output.WriteLine(line);
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, $"fuzz-{name}.txt"), $"{line}\n");
    }

    /// <summary>How many cases to run.</summary>
    public static int Cases(int normally) => Number("BENCHMARK_FUZZ_CASES") ?? normally;

    // Not System.HashCode, which differs from process to process.
    private static int HashCode(int seed, int number) => unchecked(seed * 486_187_739 + number);

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
