using Benchmark.Data;
using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;

namespace Benchmark.Contracts.Registry;

/// <summary>Bins of one column that people chose: a scorecard's bins, and codes that are no values.</summary>
public sealed record ChosenBins
{
    /// <summary>Codes that are no values, as the CSV spells them; null for the model's.</summary>
    public IReadOnlyList<string>? Special { get; init; }

    /// <summary>The inner edges, ascending, as the CSV spells them; null for quantiles.</summary>
    public IReadOnlyList<string>? Edges { get; init; }

    /// <summary>Which end of a bin between <see cref="Edges"/> belongs to it.</summary>
    public ClosedSide Closed { get; init; }

    /// <summary>Texts that share a bin, by the name of the bin; null when each text has its own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Groups { get; init; }

    /// <summary>The scorecard's points, by the name of the bin; null without a scorecard.</summary>
    public IReadOnlyDictionary<string, double>? Points { get; init; }

    /// <summary>Whether a column of the type can hold the code.</summary>
    public static bool CanBeCode(string code, ColumnType type) =>
        type != ColumnType.Bytes && IsValue(type == ColumnType.Integer ? Whole(code) : code, type);

    /// <summary>The type that the edges of a column have: whole numbers are divided at 24.5 as well as at 24.</summary>
    internal static ColumnType ScaleOf(ColumnType column) =>
        column is ColumnType.Integer or ColumnType.Decimal ? ColumnType.Number : column;

    /// <summary>Everything that keeps a column of the type from having these bins.</summary>
    internal IEnumerable<Problem> ProblemsWith(ColumnType type) =>
        [.. ProblemsWithSpecial(type), .. ProblemsWithEdges(type), .. ProblemsWithGroups(type)];

    private IEnumerable<Problem> ProblemsWithSpecial(ColumnType type)
    {
        for (var i = 0; i < (Special?.Count ?? 0); i++)
        {
            var code = Special![i];
            if (!CanBeCode(code, type))
                yield return new Problem(nameof(Special), i, $"the special code {code} is not {Grammar.Of(type).Form}");
            else if (Special.Take(i).Any(earlier => AreEqual(earlier, code, type)))
                yield return new Problem(nameof(Special), i, $"the special code {code} is given twice");
        }
    }

    private IEnumerable<Problem> ProblemsWithEdges(ColumnType type)
    {
        if (Edges is null)
            yield break;
        if (!Grammar.Of(type).HasOrder)
        {
            yield return new Problem(
                nameof(Edges), 0, $"values of type {type.Word()} have no order, so there are no edges between them");
            yield break;
        }
        var scale = ScaleOf(type);
        for (var i = 0; i < Edges.Count; i++)
        {
            var edge = Edges[i];
            if (Number(edge, scale) is not { } number)
                yield return new Problem(nameof(Edges), i, $"the edge {edge} is not {Grammar.Of(scale).Form}");
            else if (i > 0 && number <= Number(Edges[i - 1], scale))
                yield return new Problem(nameof(Edges), i, $"the edge {edge} is not above {Edges[i - 1]}");
        }
    }

    private IEnumerable<Problem> ProblemsWithGroups(ColumnType type)
    {
        if (Groups is null)
            yield break;
        if (type is not (ColumnType.String or ColumnType.Boolean))
        {
            yield return new Problem(nameof(Groups), 0, $"only texts are grouped, not values of type {type.Word()}");
            yield break;
        }
        var first = new Dictionary<string, string>();
        foreach (var (name, texts) in Groups)
        {
            for (var i = 0; i < texts.Count; i++)
            {
                var text = texts[i];
                if (!IsValue(text, type))
                    yield return InGroup($"'{text}' in group '{name}' is not {Grammar.Of(type).Form}");
                else if (Special?.Contains(text) is true)
                    yield return InGroup($"'{text}' is a special code and in group '{name}'");
                else if (!first.TryAdd(text, name))
                    yield return InGroup(first[text] == name
                        ? $"group '{name}' has '{text}' twice" : $"'{text}' is in two groups, '{first[text]}' and '{name}'");

                Problem InGroup(string problem) => new(nameof(Groups), i, problem) { Group = name };
            }
        }
    }

    // NaN is a value of its type, but missing.
    private static bool IsValue(string text, ColumnType type)
    {
        var grammar = Grammar.Of(type);
        return grammar.HasOrder ? grammar.Compare(text, text) is not null : grammar.Accepts(text);
    }

    private static bool AreEqual(string a, string b, ColumnType type) =>
        a == b || Grammar.Of(type == ColumnType.Integer ? ColumnType.Number : type).Compare(a, b) == 0;

    // An integer may be spelled as a number without a fraction: -999.0.
    private static string Whole(string code) =>
        code.Contains('.', StringComparison.Ordinal) ? code.TrimEnd('0').TrimEnd('.') : code;

    // Bins are bounded by doubles, which different texts may share.
    private static double? Number(string edge, ColumnType scale) =>
        Grammar.Of(scale).ToDouble(edge) is { } number && double.IsFinite(number) ? number : null;

    /// <summary>One thing that cannot be.</summary>
    /// <param name="Key">The property that it is in.</param>
    /// <param name="Index">The entry of the list, or of its group's.</param>
    /// <param name="Text">What it is, without a full stop.</param>
    internal sealed record Problem(string Key, int Index, string Text)
    {
        /// <summary>The group that it is in; null outside <see cref="Groups"/>.</summary>
        public string? Group { get; init; }
    }
}
