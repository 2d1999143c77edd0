using Benchmark.Contracts.Registry;
using Benchmark.Data;

namespace Benchmark.Performance;

/// <summary>
/// What the registry says of the columns of <see cref="WideTable"/>: every row of it keeps the rules.
/// </summary>
internal static class WideRules
{
    public const string Key = "application_id";
    public const string Grades = "ABCDEFGH";
    public const int LeastCount = 0;
    public const int GreatestCount = 99_999;
    public const int LeastAmount = 0;
    public const int GreatestAmount = 10;

    public static ColumnRule? Of(ColumnFacts column) => (column.Type, column.Name) switch
    {
        (ColumnType.String, Key) => new() { Name = column.Name, Required = true },
        (ColumnType.String, _) => new() { Name = column.Name, Values = [.. Grades.Select(grade => $"grade_{grade}")] },
        (ColumnType.Number, _) => new() { Name = column.Name, Min = $"{LeastAmount}", Max = $"{GreatestAmount}" },
        (ColumnType.Integer, not "account") =>
            new() { Name = column.Name, Min = $"{LeastCount}", Max = $"{GreatestCount}" },
        _ => null,
    };
}
