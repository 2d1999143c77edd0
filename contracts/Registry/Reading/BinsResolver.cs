using Benchmark.Contracts.Registry.Document;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Resolves the bins that people chose for a column.</summary>
internal sealed class BinsResolver(Problems problems)
{
    private static readonly ColumnType[] s_ordered =
        [ColumnType.Number, ColumnType.Date, ColumnType.Timestamp, ColumnType.Time];

    /// <summary>The bins of a column; null when it chooses none.</summary>
    /// <param name="name">The column.</param>
    /// <param name="inherited">The model's codes.</param>
    /// <param name="column">What is written of it.</param>
    public ChosenBins? Resolve(string name, IReadOnlyList<string> inherited, ColumnSection column)
    {
        if (column.Drift is not { } own
            || own is { Special: null, Edges: null, Closed: null, Groups: null, Points: null })
            return null;

        var together = CheckTogether(name, own);
        var chosen = new ChosenBins
        {
            Special = own.Special?.Select(code => code.Text).ToList(),
            Edges = own.Edges?.Select(edge => edge.Text).ToList(),
            Closed = own.Closed ?? ClosedSide.Right,
            Groups = own.Groups?.ToDictionary(
                group => group.Key, group => (IReadOnlyList<string>)[.. group.Value.Select(text => text.Text)]),
            Points = PointsOf(name, own),
        };
        if (together && CheckType(name, column, chosen) is { } type)
            new PointsRules(name, own, problems).Check(chosen, inherited, type, column);
        return chosen;
    }

    private Dictionary<string, double>? PointsOf(string name, ColumnDriftSection own)
    {
        if (own.Points is null)
            return null;
        var points = new Dictionary<string, double>();
        foreach (var (bin, value) in own.Points)
        {
            if (!points.TryAdd(FrozenBins.NormalName(bin), value))
                problems.Add(own.At(nameof(own.Points), bin),
                    $"'points' of column '{name}' names bin {Problems.Quote(FrozenBins.NormalName(bin))} twice.",
                    "Remove one.");
        }
        return points;
    }

    // Returns whether there is one kind of bins, whatever the type of the column.
    private bool CheckTogether(string name, ColumnDriftSection own)
    {
        if (own.Edges is { Count: 0 })
            Add(nameof(own.Edges), $"'edges' of column '{name}' is empty.", "Give the inner edges, or remove 'edges'.");
        if (own is { Edges: not null, Groups: not null })
            Add(nameof(own.Groups), $"column '{name}' has both 'edges' and 'groups'.",
                "Numbers and dates have 'edges', texts have 'groups'.");
        if (own is { Edges: not null, Bins: not null })
            Add(nameof(own.Bins), $"column '{name}' has both 'bins' and 'edges'.",
                "The edges are its bins: remove 'bins'.");
        if (own is { Edges: null, Closed: not null })
            Add(nameof(own.Closed), $"column '{name}' has 'closed' without 'edges'.", "Remove it, or give 'edges'.");
        if (own.Groups is { Count: 0 } && !own.HasNames(nameof(own.Groups)))
            Add(nameof(own.Groups), $"'groups' of column '{name}' is empty.", "Name a group, or remove 'groups'.");
        foreach (var (group, texts) in own.Groups ?? new Dictionary<string, IReadOnlyList<Written>>())
        {
            if (string.IsNullOrWhiteSpace(group))
                problems.Add(own.At(nameof(own.Groups), group), $"a group of column '{name}' has no name.");
            if (texts.Count == 0)
                problems.Add(own.At(nameof(own.Groups), group), $"group '{group}' of column '{name}' is empty.",
                    "List its texts, or remove it.");
        }
        return own is not { Edges: not null, Groups: not null };

        void Add(string key, string problem, string hint) => problems.Add(own.At(key), problem, hint);
    }

    // Returns a type that the bins are right for; null, and problems added, when there is none.
    private ColumnType? CheckType(string name, ColumnSection column, ChosenBins chosen)
    {
        var found = Candidates(column.Type, chosen)
            .Select(type => (Type: type, Problems: chosen.ProblemsWith(type).ToList()))
            .MinBy(candidate => candidate.Problems.Count);
        foreach (var problem in found.Problems)
            problems.Add(PlaceOf(problem, column.Drift!), $"{problem.Text}.", Hint(name, problem, column.Type));
        return found.Problems.Count == 0 ? found.Type : null;
    }

    // Without a type of its own a column may be of any that suits the bins; the Validator knows which.
    private static ColumnType[] Candidates(ColumnType? declared, ChosenBins chosen) =>
        declared is { } type ? [type]
        : chosen.Edges is not null ? s_ordered
        : chosen.Groups is not null ? [ColumnType.String]
        : Enum.GetValues<ColumnType>();

    private static string Hint(string name, ChosenBins.Problem problem, ColumnType? type) =>
        (type is { } declared ? $"Column '{name}' is of type {declared.Word()}. " : $"It is in column '{name}'. ")
        + problem.Key switch
        {
            nameof(ChosenBins.Edges) =>
                "Edges are values of the column, ascending, without the outer ones, which are infinite.",
            nameof(ChosenBins.Groups) => "Each text is in one group.",
            _ => "Write codes as the CSV does, each once.",
        };

    private static Place PlaceOf(ChosenBins.Problem problem, ColumnDriftSection own) => problem switch
    {
        { Key: nameof(ChosenBins.Special) } => own.Special![problem.Index].Place,
        { Key: nameof(ChosenBins.Edges) } when own.Edges!.Count > 0 => own.Edges[problem.Index].Place,
        { Group: { } group } => own.Groups![group][problem.Index].Place,
        _ => own.At(problem.Key),
    };
}
