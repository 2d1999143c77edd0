namespace Benchmark.Publisher.Tests;

/// <summary>The figures that docs/durability.md tells how to get.</summary>
internal static class Durability
{
    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "durability.txt");

    private static readonly Lock s_writing = new();

    /// <summary>Adds a line to <c>durability.txt</c> beside the tests: the runner hides what a test says.</summary>
    public static void Say(string figure)
    {
        lock (s_writing)
            File.AppendAllLines(s_file, [figure]);
    }
}
