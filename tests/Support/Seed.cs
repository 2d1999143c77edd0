using System.Globalization;

namespace Benchmark.Tests.Support;

/// <summary>
/// The seed of every random test, so that a failure can be had again: <c>BENCHMARK_SEED</c> is a number, or <c>roam</c>
/// for another one in each run. Unset, it is the same as in CI. A test that fails prints it.
/// </summary>
public static class Seed
{
    public const string Variable = "BENCHMARK_SEED";

    private const int Fixed = 20261101;

    /// <summary>The seed of this run.</summary>
    public static int Value { get; } = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Random numbers that depend on the seed alone.</summary>
    /// <param name="number">Tells the cases of a test apart: each has numbers of its own, whatever the others
    /// drew.</param>
    public static Random Random(int number = 0) => new(unchecked((Value * 486_187_739) + number));

    private static int Read(string? text) => text switch
    {
        null or "" => Fixed,
        "roam" => System.Random.Shared.Next(),
        _ => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
    };
}
