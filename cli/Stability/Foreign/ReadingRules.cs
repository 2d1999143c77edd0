using Benchmark.Data;

namespace Benchmark.Cli.Stability.Foreign;

/// <summary>What people say about the values of files that others wrote; it overrules what is recognised.</summary>
internal sealed record ReadingRules
{
    /// <summary>The decimal mark, a comma or a point; null to recognise it.</summary>
    public char? Decimal { get; init; }

    /// <summary>Words for a missing value in every column, texts included, beside the known ones.</summary>
    public IReadOnlyList<string> NaWords { get; init; } = [];

    /// <summary>
    /// Whether infinities among numbers are missing, as R and pandas write them for a division by zero; a published
    /// benchmark has them in its bins.
    /// </summary>
    public bool InfinityIsMissing { get; init; } = true;

    /// <summary>The form of dates beside ISO 8601, as <c>strptime</c> writes it: <c>%d.%m.%Y</c>.</summary>
    public string? DateFormat { get; init; }

    /// <summary>The types of columns, by name.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; init; } = new Dictionary<string, ColumnType>();

    /// <summary>Columns of which each value is a bin, whatever its type.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>What is wrong with a told form of dates; null when it can be used.</summary>
    public static string? ProblemOfDateFormat(string format) => ForeignTime.Problem(format);
}
