using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Tests.Support.Fuzz;

namespace Benchmark.Validator.Tests.Fuzz;

/// <summary>What a profile must say of a column's values, computed the plainest way.</summary>
internal static class ExpectedProfile
{
    private static readonly ColumnType[] s_unordered = [ColumnType.String, ColumnType.Boolean, ColumnType.Bytes];

    /// <summary>Holds a profile against the values that another reader read.</summary>
    public static void Require(ColumnProfile actual, IReadOnlyList<object?> values, string because)
    {
        List<object> given = [.. values.OfType<object>().Where(value => value is not double.NaN)];
        actual.Nulls.Should().Be(values.Count(value => value is null), because);
        actual.Nans.Should().Be(values.Count(value => value is double.NaN), because);
        actual.Count.Should().Be(values.Count - actual.Nulls, because);
        if (actual.Bins is { } bins)
            (bins.Counts.Sum() + (bins.Other ?? 0) + bins.Missing).Should().Be(values.Count, because);
        // Numbers of more digits than 64 bits can tell apart are counted together.
        if (actual.DistinctExact)
            RequireEach(actual, given, because);
    }

    private static void RequireEach(ColumnProfile actual, List<object> given, string because)
    {
        var counts = given.CountBy(value => value).ToList();
        actual.Distinct.Should().Be(counts.Count, because);
        if (!s_unordered.Contains(actual.Type))
        {
            Read(actual, actual.Min).Should().Be(given.Min(FuzzValue.Order), because);
            Read(actual, actual.Max).Should().Be(given.Max(FuzzValue.Order), because);
        }
        if (actual.Type == ColumnType.Bytes)
            return;
        var top = counts.OrderByDescending(value => value.Value).ThenBy(value => value.Key, FuzzValue.Order).Take(10);
        actual.Top.Select(value => (Read(actual, value.Value), value.Count))
            .Should().Equal(top.Select(value => ((object?)value.Key, (long)value.Value)), because);
    }

    private static object? Read(ColumnProfile column, string? text) =>
        text is null ? null : FuzzValue.Read(column.Type, text);
}
