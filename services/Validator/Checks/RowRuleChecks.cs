using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;
using Benchmark.Data.Scanning;

namespace Benchmark.Validator.Checks;

/// <summary>
/// The row rules. They fail when the share of rows that break any of them exceeds the threshold; below it, a broken
/// rule only warns.
/// </summary>
internal sealed class RowRuleChecks
{
    private const int MaxListLength = 120;

    private readonly ScanResult _scan;
    private readonly ModelDefinition _model;
    private readonly StagedFacts _facts;
    private readonly bool _exceeded;

    private RowRuleChecks(ScanResult scan, ModelDefinition model, StagedFacts facts)
    {
        (_scan, _model, _facts) = (scan, model, facts);
        _exceeded = Share > model.Threshold;
    }

    private double Share => _scan.File.Rows == 0 ? 0 : (double)_scan.Findings.BrokenRows / _scan.File.Rows;

    public static IEnumerable<CheckResult> Evaluate(ScanResult scan, ModelDefinition model, StagedFacts facts)
    {
        var checks = new RowRuleChecks(scan, model, facts);
        return [checks.RowRules(), .. scan.Findings.Columns.SelectMany(checks.Column), .. checks.Key()];
    }

    private CheckResult RowRules()
    {
        var threshold = Format.Percent(_model.Threshold);
        var broken = _scan.Findings.BrokenRows;
        var of = $"{broken} of {Format.Rows(_scan.File.Rows)}";
        var verb = broken == 1 ? "breaks" : "break";
        return new CheckResult
        {
            Check = CheckName.RowRules,
            Status = _exceeded ? CheckStatus.Fail : broken > 0 ? CheckStatus.Warn : CheckStatus.Pass,
            Observed = Share,
            Limit = _model.Threshold,
            Message = _exceeded
                ? $"{Format.Percent(Share)} of the rows ({of}) {verb} row rules; the threshold is {threshold}."
                : $"{of} {verb} row rules, within the threshold of {threshold}.",
        };
    }

    private IEnumerable<CheckResult> Column(ColumnFindings column)
    {
        var type = column.Plan.Type.Word();
        yield return WithSource(Rule(CheckName.Type, column, Breaches.Type, IsNot($"of type {type}"), type));
        if (column.BinsProblem is { } unfit)
            yield return Unusable(CheckName.Schema, column, unfit);
        if (column.Plan.Rules is not { } rule)
            yield break;
        if (rule.Required)
        {
            var broken = ("has no value, but one is required", "have no value, but one is required");
            yield return Rule(CheckName.Required, column, Breaches.Required, broken, "a value in each");
        }
        if (column.RangeProblem is { } problem)
            yield return Unusable(CheckName.Range, column, problem);
        else if (rule is { Min: not null } or { Max: not null })
            yield return Rule(CheckName.Range, column, Breaches.Range, IsNot(Range(rule)), Range(rule));
        if (column.ValuesProblem is { } invalid)
            yield return Unusable(CheckName.Values, column, invalid);
        else if (rule.Values is not null)
        {
            var list = List(rule.Values);
            var none = $"none of the allowed values ({list})";
            yield return Rule(CheckName.Values, column, Breaches.Values, ($"has {none}", $"have {none}"), list);
        }
    }

    // A declared type converts nothing: of a timestamp at midnight it makes no date.
    private CheckResult WithSource(CheckResult check) =>
        check.Status != CheckStatus.Pass
        && _facts.Columns.FirstOrDefault(facts => facts.Name == check.Column)?.SourceType is { } given
            ? check with { Message = $"{check.Message} The source gives type {given.Word()}: convert it in the query." }
            : check;

    private IEnumerable<CheckResult> Key()
    {
        if (!_scan.KeyChecked)
            yield break;
        var columns = string.Join(", ", _model.Key);
        var broken = ("has no key or repeats an earlier row's", "have no key or repeat an earlier row's");
        yield return Rule(CheckName.Key, $"Key {columns}", _scan.Findings.Key, broken, "unique, never NULL") with
        {
            Column = columns,
        };
    }

    private static (string One, string Many) IsNot(string what) => ($"is not {what}", $"are not {what}");

    private CheckResult Rule(
        CheckName check, ColumnFindings column, Breaches rule, (string One, string Many) broken, string limit) =>
        Rule(check, $"Column {column.Plan.Name}", column.Of(rule), broken, limit) with { Column = column.Plan.Name };

    private CheckResult Rule(
        CheckName check, string subject, Sightings seen, (string One, string Many) broken, string limit) => new()
        {
            Check = check,
            Status = seen.Count == 0 ? CheckStatus.Pass : _exceeded ? CheckStatus.Fail : CheckStatus.Warn,
            Observed = seen.Count,
            Limit = limit,
            Lines = seen.Count == 0 ? null : seen.Lines,
            Message = $"{subject}: {seen.Count} of {Format.Rows(_scan.File.Rows)} "
            + $"{(seen.Count == 1 ? broken.One : broken.Many)}{Format.At(seen.Lines, seen.Count)}.",
        };

    private static CheckResult Unusable(CheckName check, ColumnFindings column, string problem) => new()
    {
        Check = check,
        Column = column.Plan.Name,
        Status = CheckStatus.Fail,
        Message = $"Column {column.Plan.Name}: {problem}. Correct the registry.",
    };

    private static string Range(ValueRules rule) => rule switch
    {
        { Min: { } min, Max: { } max } => $"within {min} to {max}",
        { Min: { } min } => $"at least {min}",
        _ => $"at most {rule.Max}",
    };

    private static string List(IReadOnlyList<string> values)
    {
        var list = string.Join(", ", values);
        return list.Length <= MaxListLength ? list : $"a list of {values.Count}";
    }
}
