using Benchmark.Contracts.Registry.Document;
using Benchmark.Data;

namespace Benchmark.Contracts.Registry.Reading;

/// <summary>Makes one column's rules of its section.</summary>
internal sealed class ColumnResolver(SettingsRules rules, Problems problems)
{
    public ColumnRule Resolve(string name, DriftSection inherited, ColumnSection section)
    {
        CheckRange(name, section);
        CheckValues(name, section);
        return new ColumnRule
        {
            Name = name,
            Type = section.Type,
            Required = section.Required is true,
            IsScore = section.Role is not null,
            Min = section.Min?.Text,
            Max = section.Max?.Text,
            Values = section.Values is null ? null : [.. section.Values.Select(value => value.Text)],
            Drift = ResolveDrift(inherited, section.Drift),
        };
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

    private void CheckRange(string name, ColumnSection section)
    {
        Written[] limits = [.. new[] { section.Min, section.Max }.OfType<Written>()];
        var spellings = Spelling.Ordered(section.Type);
        if (limits.Length > 0 && spellings.Count == 0)
        {
            problems.Add(limits[0].Place,
                $"column '{name}' is of type {section.Type!.Value.Word()}, which has no least or greatest value.",
                "Remove 'min' and 'max', or use 'values'.");
            return;
        }

        var misspelt = limits.Where(limit => !spellings.Any(spelling => spelling.Reads(limit.Text))).ToList();
        foreach (var limit in misspelt)
            problems.Add(limit.Place, $"{Problems.Quote(limit.Text)} is not {string.Join(" or ", spellings.Select(s => s.Form))}.",
                $"It limits column '{name}' and is spelt as there.");
        if (misspelt.Count == 0 && limits is [var min, var max])
            CheckOrder(name, spellings, min, max);
    }

    private void CheckOrder(string name, IEnumerable<Spelling> spellings, Written min, Written max)
    {
        var order = spellings.Select(s => s.Compare(min.Text, max.Text)).FirstOrDefault(o => o is not null);
        if (order is null)
            problems.Add(max.Place, $"'min' {min.Text} and 'max' {max.Text} of column '{name}' are not of one kind.");
        else if (order > 0)
            problems.Add(min.Place, $"'min' {min.Text} of column '{name}' is above its 'max' {max.Text}.", "Swap them.");
    }

    private void CheckValues(string name, ColumnSection section)
    {
        if (section.Values is { Count: 0 })
            problems.Add(section.At(nameof(section.Values)), $"'values' of column '{name}' is empty.",
                "List the allowed values, or remove 'values'.");
        if (section.Type is not { } type)
            return;
        foreach (var value in (section.Values ?? []).Where(value => !Spelling.Fits(type, value.Text)))
            problems.Add(value.Place,
                $"{Problems.Quote(value.Text)} is no {type.Word()}, which column '{name}' is.");
    }
}
