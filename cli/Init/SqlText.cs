namespace Benchmark.Cli.Init;

/// <summary>Writes texts in SQL.</summary>
internal static class SqlText
{
    /// <summary>A literal of text.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
