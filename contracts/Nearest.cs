namespace Benchmark.Contracts;

/// <summary>Suggests names for a misspelt one.</summary>
public static class Nearest
{
    /// <summary>The known names closest to a misspelt one, closest first; empty when none is close.</summary>
    public static IReadOnlyList<string> To(string name, IEnumerable<string> known, int count = 1)
    {
        // A third of the letters may be wrong, and two in a short name.
        var maxDistance = Math.Max(2, name.Length / 3);
        return [.. known
            // The distance is at least the difference in length, and computing it is quadratic.
            .Where(candidate => Math.Abs(candidate.Length - name.Length) <= maxDistance)
            .Select(candidate => (candidate, distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.distance <= maxDistance)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(count)
            .Select(pair => pair.candidate)];
    }

    /// <summary>
    /// Whether two names have the same digits in the same order. Where digits are a month, a name with other digits is
    /// another month's data, and no correction of a misspelt one.
    /// </summary>
    public static bool HaveSameDigits(string name, string other) =>
        name.Where(char.IsDigit).SequenceEqual(other.Where(char.IsDigit));

    // Levenshtein distance, two rows.
    private static int Distance(string a, string b)
    {
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        var row = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (above, row) = (row, above);
        }
        return above[b.Length];
    }
}
