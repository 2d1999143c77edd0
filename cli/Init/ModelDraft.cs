using Benchmark.Contracts;

namespace Benchmark.Cli.Init;

/// <summary>A model of a draft: where its rows come from, and once they were read, what they show.</summary>
/// <param name="Name">Its value stream and name.</param>
/// <param name="Source">The name of its source.</param>
internal sealed record ModelDraft(ModelKey Name, string Source)
{
    // Half of the rows missing is no change of a month.
    private const double MaxChange = 0.5;

    /// <summary>The table that it is; null when it is a query.</summary>
    public string? Table { get; init; }

    /// <summary>Its query; null when all of a table is read.</summary>
    public string? Query { get; init; }

    /// <summary>What is said of where its rows come from.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>What is said of columns, by name.</summary>
    public IReadOnlyDictionary<string, string> ColumnRemarks { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether types are guessed from values, so that a column without any has none.</summary>
    public bool TypesAreGuessed { get; init; }

    /// <summary>What its rows show; null before they were read.</summary>
    public ModelTraits? Traits { get; init; }

    /// <summary>Its lines under <c>models</c>, with a comment for each guess.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{YamlText.Scalar(Name.Model)}:";
        yield return $"  source: {Source}";
        foreach (var remark in Remarks)
            yield return $"  {YamlText.Comment(remark)}";
        yield return Query is { } query ? $"  query: {YamlText.Quoted(query)}" : $"  table: {YamlText.Scalar(Table!)}";
        yield return "  # owner: somebody@bank.example";
        if (Traits is not { } traits)
            yield break;
        yield return traits.Key is [] && traits.Rows < 2 ? "  # key: []   # one row tells nothing of a key"
            : traits.Key is []
            ? "  # key: []   # no column, and no id with a date, is different in every row"
            : $"  key: {YamlText.List(traits.Key.Select(YamlText.Scalar))}   # different in every row";
        yield return traits.IsTooSmall
            ? "  # Too few rows to tell a range, the allowed values or how many rows there should be."
            : $"  rows: {{min: {traits.Rows / 2}, max_change: {MaxChange}}}   # {Format.Count(traits.Rows)} rows now";
        yield return "  columns:";
        foreach (var column in traits.Columns)
        {
            var draft = ColumnDraft.Of(column, traits, TypesAreGuessed);
            IEnumerable<string> reasons = ColumnRemarks.GetValueOrDefault(column.Name) is { } remark
                ? draft.Reasons.Prepend(remark) : draft.Reasons;
            yield return $"    {YamlText.Comment(string.Join("; ", reasons))}";
            yield return $"    {YamlText.Scalar(column.Name)}: {{{string.Join(", ", draft.Rules)}}}";
        }
    }
}
