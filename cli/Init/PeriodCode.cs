using System.Text.RegularExpressions;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Init;

/// <summary>
/// Days, months and quarters that are written as numbers or texts, such as 20240131, 2024-01 and 2024Q1.
/// </summary>
internal static partial class PeriodCode
{
    /// <summary>Whether a column holds nothing else, as far as its profile shows.</summary>
    public static bool Are(ColumnProfile column) => column.Type switch
    {
        ColumnType.Integer => column is { Min: { } least, Max: { } greatest }
            && Form().IsMatch(least) && Form().IsMatch(greatest) && AllOf(column),
        ColumnType.String => AllOf(column),
        _ => false,
    };

    private static bool AllOf(ColumnProfile column) =>
        column.Top.Count > 0 && column.Top.All(value => Form().IsMatch(value.Value));

    [GeneratedRegex(
        @"\A(19|20)\d\d([-/.]?(0[1-9]|1[0-2])([-/.]?(0[1-9]|[12]\d|3[01]))?|[- ]?Q[1-4])\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
