using Benchmark.Contracts;

namespace Benchmark.Cli.Init;

/// <summary>A model of a draft: where its rows come from, and once they were read, what they show.</summary>
/// <param name="Name">Its value stream and name.</param>
/// <param name="Source">The name of its source.</param>
/// <param name="From">The table or query, as a line of YAML.</param>
internal sealed record ModelDraft(ModelKey Name, string Source, string From)
{
    // Half of the rows missing is no change of a month.
    private const double MaxChange = 0.5;

    /// <summary>What its rows show; null before they were read.</summary>
    public ModelTraits? Traits { get; init; }

    /// <summary>Its lines under <c>models</c>, with a comment for each guess.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{YamlText.Scalar(Name.Model)}:";
        yield return $"  source: {Source}";
        yield return $"  {From}";
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
            var draft = ColumnDraft.Of(column, traits);
            yield return $"    # {string.Join("; ", draft.Reasons)}";
            yield return $"    {YamlText.Scalar(column.Name)}: {{{string.Join(", ", draft.Rules)}}}";
        }
    }
}
