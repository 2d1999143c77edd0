using System.Text.RegularExpressions;
using Benchmark.Data;
using Benchmark.Data.Profiling;

namespace Benchmark.Cli.Init;

/// <summary>The rules that a column's values suggest, each as YAML, and why.</summary>
internal sealed partial class ColumnDraft
{
    // A longer list is rather a list of what there happened to be.
    private const int MostTexts = 20;
    private const int MostIntegers = 12;

    // Fewer rows for each value say little about what else may come.
    private const int RowsPerValue = 10;

    private readonly ColumnProfile _column;
    private readonly ModelTraits _traits;
    private readonly List<string> _rules = [];
    private readonly List<string> _reasons = [];

    private ColumnDraft(ColumnProfile column, ModelTraits traits, bool typeIsGuessed)
    {
        (_column, _traits) = (column, traits);
        if (column.Count > 0 || !typeIsGuessed)
            Add($"type: {column.Type.Word()}");
        Required();
        if (_traits.AsOf.Contains(column.Name))
            Add("role: as_of", $"{column.Min} in every row; max_age: 40d would reject data that is older");
        else if (column.Name == _traits.Score)
            Add("role: score", "named like a score: its drift is called PSI");
        Values();
        Drift();
    }

    /// <summary>The rules, such as <c>type: integer</c>.</summary>
    public IReadOnlyList<string> Rules => _rules;

    /// <summary>Why, in the order of the rules.</summary>
    public IReadOnlyList<string> Reasons => _reasons;

    /// <summary>The rules for a column of a model.</summary>
    /// <param name="column">What its values are.</param>
    /// <param name="traits">What the model's rows show.</param>
    /// <param name="typeIsGuessed">Whether its type is a guess from its values.</param>
    public static ColumnDraft Of(ColumnProfile column, ModelTraits traits, bool typeIsGuessed) =>
        new(column, traits, typeIsGuessed);

    private bool IsNumber => _column.Type is ColumnType.Integer or ColumnType.Number or ColumnType.Decimal;

    private void Required()
    {
        if (_column.Count == 0)
            _reasons.Add("no row has a value");
        else if (_column.Nulls + _column.Nans == 0)
            Add("required: true", "a value in every row");
        else
            _reasons.Add(
                $"no value in {Format.Count(_column.Nulls + _column.Nans)} of {Format.Count(_traits.Rows)} rows");
    }

    private void Values()
    {
        if (_column.Count == 0 || _traits.IsTooSmall || _traits.Key.Contains(_column.Name)
            || PeriodCode.Are(_column))
            return;
        if (List() is { } values)
            Add(
                $"values: {YamlText.List(values)}",
                values.Count == 1 ? "one value in all rows" : $"{values.Count} different values");
        else if (_column.Nans > 0)
            _reasons.Add($"{_column.Min} to {_column.Max} seen, and NaN, which no range has");
        else if (IsNumber && RoundLimits.Around(_column) is { } limits)
            Add($"min: {limits.Min}, max: {limits.Max}", $"{_column.Min} to {_column.Max} seen");
    }

    // The allowed values, as YAML; null when there are too many, or some too rare to be named.
    private IReadOnlyList<string>? List()
    {
        if (_column.Bins is not { Values: { } values, Other: null or 0, Groups: null }
            || !_column.DistinctExact || values.Count != _column.Distinct
            || _column.Count < (long)RowsPerValue * values.Count)
            return null;
        return _column.Type switch
        {
            ColumnType.String when values.Count <= MostTexts =>
                [.. values.Order(StringComparer.Ordinal).Select(YamlText.Scalar)],
            ColumnType.Integer when values.Count <= MostIntegers => values,
            _ => null,
        };
    }

    private void Drift()
    {
        if (_traits.Key.Contains(_column.Name))
            Add("drift: off", "part of the key");
        else if (_column.Type is ColumnType.Date or ColumnType.Timestamp && !_traits.AsOf.Contains(_column.Name))
            Add("drift: off", $"{_column.Min} to {_column.Max}: later dates each month are no drift");
        else if (PeriodCode.Are(_column))
            Add("drift: off", $"{_column.Top[0].Value} looks like a date or month: later ones are no drift");
        else if (_column.Type is ColumnType.String && IsMostly(WrittenDate().IsMatch))
            Add("drift: off", "dates that are read as text: make dates of them in the query, with strptime");
        else if (_column.Type is ColumnType.String && _column.Distinct > _column.Count / 2 && _column.Count > 1)
            Add("drift: off", IsMostlyNumbers
                ? "numbers that are read as text: cast them in the query, and remove 'drift: off'"
                : $"{Format.Count(_column.Distinct)} different texts: names or remarks");
        else if (_traits.Codes.GetValueOrDefault(_column.Name) is { } codes)
            Add(
                $"drift: {{special: [{string.Join(", ", codes.Select(code => code.Value))}]}}",
                $"{string.Join(" and ", codes.Select(code => $"{code.Value} in {Format.Count(code.Count)}"))} rows "
                + "may be codes: remove what is a value from special");
    }

    // 0.5%, 1,234.50 and the like; NA among numbers makes texts of all of them. 007 is no number.
    private bool IsMostlyNumbers => IsMostly(value => value.Any(char.IsAsciiDigit) && value is not ['0', >= '0', ..]
        && value.All(c => char.IsAsciiDigit(c) || "+-.,% €$£".Contains(c, StringComparison.Ordinal)));

    private bool IsMostly(Func<string, bool> isSo) =>
        _column.Top.Count(value => isSo(value.Value)) > _column.Top.Count / 2;

    private void Add(string rule, string? reason = null)
    {
        _rules.Add(rule);
        if (reason is not null)
            _reasons.Add(reason);
    }

    [GeneratedRegex(@"\A\d{1,2}[./-]\d{1,2}[./-](\d\d){1,2}( \d{1,2}:.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex WrittenDate();
}
