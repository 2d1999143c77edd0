namespace Benchmark.Data.Profiling;

/// <summary>Rows of each value that a benchmark does not have.</summary>
internal static class UnseenCounts
{
    /// <summary>What is left of the counts of all values without those of the benchmark's values.</summary>
    /// <param name="all">Rows of every value; null when not known one by one.</param>
    /// <param name="seen">Rows of each of the benchmark's values.</param>
    /// <param name="unseen">Rows of the other values together.</param>
    /// <returns>Null when they are not known one by one.</returns>
    public static IReadOnlyList<long>? Of(IEnumerable<long>? all, IReadOnlyList<long> seen, long unseen)
    {
        if (unseen == 0 || all is null)
            return unseen == 0 ? [] : null;
        // Equal counts need not be told apart, so the values are not needed.
        var left = seen.CountBy(rows => rows).ToDictionary();
        List<long> rest = [.. all.Where(rows => rows > 0 && !Take(rows))];
        return rest.Sum() == unseen ? rest : null;

        bool Take(long rows) => left.TryGetValue(rows, out var times) && times > 0 && (left[rows] = times - 1) >= 0;
    }
}
