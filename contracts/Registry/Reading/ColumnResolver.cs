using Benchmark.Contracts.Registry.Document;
using Benchmark.Data;
using Benchmark.Data.Dialect;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Resolves the rules of one column from its section.</summary>
internal sealed class ColumnResolver(SettingsRules rules, Problems problems)
{
    private readonly BinsResolver _bins = new(problems);

    public ColumnRule Resolve(string name, DriftSection inherited, ColumnSection section)
    {
        CheckRange(name, section);
        CheckValues(name, section);
        CheckRole(name, section);
        return new ColumnRule
        {
            Name = name,
            Type = section.Type,
            Required = section.Required is true,
            IsScore = section.Role == ColumnRoles.Score,
            IsAsOf = section.Role == ColumnRoles.AsOf,
            MaxAge = section.MaxAge,
            Min = section.Min?.Text,
            Max = section.Max?.Text,
            Values = section.Values is null ? null : [.. section.Values.Select(value => value.Text)],
            Drift = section.Role == ColumnRoles.AsOf ? null : ResolveDrift(inherited, section.Drift),
            Bins = _bins.Resolve(name, [.. (inherited.Special ?? []).Select(code => code.Text)], section),
        };
    }

    private void CheckRole(string name, ColumnSection section)
    {
        if (section.Role != ColumnRoles.AsOf)
        {
            if (section.Has(nameof(section.MaxAge)))
                problems.Add(section.At(nameof(section.MaxAge)), $"column '{name}' has 'max_age' without 'role: as_of'.",
                    "Add the role if the column says when the data was taken, or remove 'max_age'.");
            return;
        }
        if (section.Type is { } type && type is not (ColumnType.Date or ColumnType.Timestamp))
            problems.Add(section.At(nameof(section.Role)),
                $"column '{name}' is of type {type.Word()}; with 'role: as_of' it must be a date or a timestamp.",
                "Convert it in the query, and declare that type.");
        if (section.Drift is { IsOff: false })
            problems.Add(section.At(nameof(section.Drift)),
                $"column '{name}' has 'drift', which is not measured with 'role: as_of'.", "Remove 'drift'.");
    }

    private DriftLimits? ResolveDrift(DriftSection inherited, ColumnDriftSection? own)
    {
        if (own is { IsOff: true })
            return null;
        if (own is null)
            return ModelResolver.Limits(inherited);
        var drift = Section.Merge(inherited, own);
        rules.CheckDrift(drift, own);
        return ModelResolver.Limits(drift);
    }

    // Without a type of its own a column may be of any type that has an order; the Validator knows which.
    private static IReadOnlyList<Grammar> Ordered(ColumnType? type) => type is { } known
        ? [Grammar.Of(known)]
        : [.. Enum.GetValues<ColumnType>().Select(Grammar.Of).Where(grammar => grammar.HasOrder)];

    private void CheckRange(string name, ColumnSection section)
    {
        Written[] limits = [.. new[] { section.Min, section.Max }.OfType<Written>()];
        var grammars = Ordered(section.Type);
        if (limits.Length > 0 && !grammars[0].HasOrder)
        {
            problems.Add(limits[0].Place,
                $"column '{name}' is of type {section.Type!.Value.Word()}, which has no minimum and no maximum.",
                "Remove 'min' and 'max', or use 'values'.");
            return;
        }

        var invalid = limits.Where(
            limit => grammars.All(grammar => grammar.Compare(limit.Text, limit.Text) is null)).ToList();
        foreach (var limit in invalid)
            problems.Add(limit.Place,
                $"{Problems.Quote(limit.Text)} is not {string.Join(" or ", grammars.Select(grammar => grammar.Form))}.",
                $"It limits column '{name}': write it as the CSV does, for example {grammars[0].Example}.");
        if (invalid.Count == 0 && limits is [var min, var max])
            CheckOrder(name, grammars, min, max);
    }

    private void CheckOrder(string name, IEnumerable<Grammar> grammars, Written min, Written max)
    {
        var order = grammars.Select(grammar => grammar.Compare(min.Text, max.Text)).FirstOrDefault(o => o is not null);
        if (order is null)
            problems.Add(
                max.Place, $"'min' {min.Text} and 'max' {max.Text} of column '{name}' are of different types.");
        else if (order > 0)
            problems.Add(
                min.Place, $"'min' {min.Text} of column '{name}' is above its 'max' {max.Text}.", "Swap them.");
    }

    private void CheckValues(string name, ColumnSection section)
    {
        if (section.Values is { Count: 0 })
            problems.Add(section.At(nameof(section.Values)), $"'values' of column '{name}' is empty.",
                "List the allowed values, or remove 'values'.");
        if (section.Type is not { } type)
            return;
        var grammar = Grammar.Of(type);
        foreach (var value in (section.Values ?? []).Where(value => !grammar.Accepts(value.Text)))
            problems.Add(value.Place, $"{Problems.Quote(value.Text)} is not {grammar.Form}.",
                $"Column '{name}' is of type {type.Word()}: write its values as the CSV does, for example "
                + $"{grammar.Example}.");
    }
}
