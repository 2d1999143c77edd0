using Benchmark.Data;

namespace Benchmark.Cli.Versions;

/// <summary>How the columns of two files differ.</summary>
/// <param name="Added">Columns that only the second has.</param>
/// <param name="Removed">Columns that only the first has.</param>
/// <param name="Retyped">Columns of another type: <c>score: integer, now number</c>.</param>
internal sealed record SchemaDifference(
    IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Retyped)
{
    public static SchemaDifference Of(IReadOnlyList<ColumnFacts> first, IReadOnlyList<ColumnFacts> second)
    {
        var before = first.ToDictionary(column => column.Name);
        var names = second.Select(column => column.Name).ToHashSet();
        return new SchemaDifference(
            [.. second.Select(column => column.Name).Where(name => !before.ContainsKey(name))],
            [.. first.Select(column => column.Name).Where(name => !names.Contains(name))],
            [.. second.Where(column => before.TryGetValue(column.Name, out var was) && was.Type != column.Type)
                .Select(column => $"{column.Name}: {before[column.Name].Type.Word()}, now {column.Type.Word()}")]);
    }

    /// <summary>A line for each kind of difference; one that says so when there is none.</summary>
    /// <param name="first">What the first file is called.</param>
    /// <param name="second">What the second is called.</param>
    public IEnumerable<string> InWords(string first, string second)
    {
        if (Added.Count + Removed.Count + Retyped.Count == 0)
            yield return "columns: the same";
        if (Removed.Count > 0)
            yield return $"columns only {first}: {string.Join(", ", Removed)}";
        if (Added.Count > 0)
            yield return $"columns only {second}: {string.Join(", ", Added)}";
        if (Retyped.Count > 0)
            yield return $"columns of another type: {string.Join("; ", Retyped)}";
    }
}
