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

    private readonly CsvScan _scan;
    private readonly ModelDefinition _model;
    private readonly StagedFacts _facts;
    private readonly bool _exceeded;

    private RowRuleChecks(CsvScan scan, ModelDefinition model, StagedFacts facts)
    {
        (_scan, _model, _facts) = (scan, model, facts);
        _exceeded = Share > model.Threshold;
    }

    private double Share => _scan.Rows == 0 ? 0 : (double)_scan.BrokenRows / _scan.Rows;

    public static IEnumerable<CheckResult> Evaluate(CsvScan scan, ModelDefinition model, StagedFacts facts)
    {
        var checks = new RowRuleChecks(scan, model, facts);
        return [checks.RowRules(), .. scan.Columns.SelectMany(checks.Column), .. checks.Key()];
    }

    private CheckResult RowRules()
    {
        var threshold = Format.Percent(_model.Threshold);
        var broken = _scan.BrokenRows;
        var of = $"{broken} of {Format.Rows(_scan.Rows)}";
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

    private IEnumerable<CheckResult> Column(ScannedColumn column)
    {
        var (name, plan, type) = (column.Plan.Name, column.Plan, column.Plan.Type.Word());
        yield return WithSource(Rule(CheckName.Type, name, column.NotOfType, IsNot($"of type {type}"), type));
        if (column.BinsProblem is { } unfit)
            yield return Unusable(CheckName.Schema, name, unfit);
        if (plan.Required)
        {
            var broken = ("has no value, but one is required", "have no value, but one is required");
            yield return Rule(CheckName.Required, name, column.NoValue, broken, "a value in each");
        }
        if (column.NotInRange.Problem is { } problem)
            yield return Unusable(CheckName.Range, name, problem);
        else if (plan is { Min: not null } or { Max: not null })
            yield return Rule(CheckName.Range, name, column.NotInRange, IsNot(Range(plan)), Range(plan));
        if (column.NotAllowed.Problem is { } invalid)
            yield return Unusable(CheckName.Values, name, invalid);
        else if (plan.Values is not null)
        {
            var list = List(plan.Values);
            var none = $"none of the allowed values ({list})";
            yield return Rule(CheckName.Values, name, column.NotAllowed, ($"has {none}", $"have {none}"), list);
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
        if (_scan.Key is not { } found)
            yield break;
        var columns = string.Join(", ", _model.Key);
        var broken = ("has no key or repeats an earlier row's", "have no key or repeat an earlier row's");
        yield return Rule(CheckName.Key, columns, found, broken, "unique, never NULL") with
        {
            Message = Sentence($"Key {columns}", found, broken),
        };
    }

    private static (string One, string Many) IsNot(string what) => ($"is not {what}", $"are not {what}");

    private CheckResult Rule(
        CheckName check, string column, Finding found, (string One, string Many) broken, string limit) => new()
        {
            Check = check,
            Column = column,
            Status = found.Count == 0 ? CheckStatus.Pass : _exceeded ? CheckStatus.Fail : CheckStatus.Warn,
            Observed = found.Count,
            Limit = limit,
            Lines = found.Count == 0 ? null : found.Lines,
            Message = Sentence($"Column {column}", found, broken),
        };

    private string Sentence(string subject, Finding found, (string One, string Many) broken) =>
        $"{subject}: {found.Count} of {Format.Rows(_scan.Rows)} {(found.Count == 1 ? broken.One : broken.Many)}"
        + $"{Format.At(found.Lines, found.Count)}.";

    private static CheckResult Unusable(CheckName check, string column, string problem) => new()
    {
        Check = check,
        Column = column,
        Status = CheckStatus.Fail,
        Message = $"Column {column}: {problem}. Correct the registry.",
    };

    private static string Range(ColumnPlan plan) => plan switch
    {
        { Min: { } min, Max: { } max } => $"within {min} to {max}",
        { Min: { } min } => $"at least {min}",
        _ => $"at most {plan.Max}",
    };

    private static string List(IReadOnlyList<string> values)
    {
        var list = string.Join(", ", values);
        return list.Length <= MaxListLength ? list : $"a list of {values.Count}";
    }
}
