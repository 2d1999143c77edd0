using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;

namespace Benchmark.Validator.Checks;

/// <summary>
/// Evaluates all checks on one staged file. Pure: it reads no files.
/// </summary>
internal static class Gate
{
    /// <summary>The plan for reading a column of the file.</summary>
    public static ColumnPlan Plan(string column, ModelDefinition model, StagedFacts facts, ComparedVersions compared)
    {
        var rule = model.RuleOf(column);
        // The registry's type comes first; a column without any type is text.
        var type = rule?.Type ?? facts.Columns.FirstOrDefault(c => c.Name == column)?.Type ?? ColumnType.String;
        return new ColumnPlan
        {
            Name = column,
            Type = type,
            Bins = (rule?.Drift ?? model.Drift).Bins,
            BinRules = model.BinRulesOf(column, type),
            Required = rule is { Required: true },
            Min = rule?.Min,
            Max = rule?.Max,
            Values = rule?.Values,
            Against = Of(compared.Published),
            Anchor = Of(compared.Anchor?.Version),
        };

        ColumnProfile? Of(VersionDocuments? version) => version?.Profile.Columns.FirstOrDefault(c => c.Name == column);
    }

    public static ValidationReport Judge(
        CsvScan scan,
        ModelStaged staged,
        StagedFacts facts,
        ModelDefinition model,
        ComparedVersions compared,
        DateTimeOffset now)
    {
        var published = compared.Published;
        List<CheckResult> checks =
        [
            .. IntegrityCheck.Evaluate(scan, facts, staged),
            .. compared.Problem is { } problem ? [Incomparable(problem)] : (CheckResult[])[],
            .. SchemaCheck.AgainstRegistry(facts.Columns, model),
        ];
        DriftSummary? drift = null;
        // The rows of a file that is only partly readable, or whose columns are not known, prove nothing.
        var whole = scan.Readable && IntegrityCheck.HasHeader(scan, facts);
        if (whole)
        {
            checks.AddRange(RowRuleChecks.Evaluate(scan, model, facts));
            checks.AddRange(RowCountChecks.Evaluate(scan.Rows, model.Rows, published));
            checks.AddRange(FreshnessChecks.Evaluate(scan, model, facts, published));
        }
        if (published is not null)
            checks.AddRange(SchemaCheck.AgainstPublished(facts.Columns, model, published));
        if (published is not null && whole)
        {
            var (drifted, summary) = DriftChecks.Evaluate(scan, model, published, compared.Anchor);
            checks.AddRange(drifted);
            checks.AddRange(ShareChecks.Evaluate(scan, model, published));
            drift = summary;
        }
        return Report([.. checks.Select(check => UnlessForced(check, facts))], drift, now) with
        {
            Hint = compared.Hint,
        };
    }

    /// <summary>The report on a model that is no longer in the registry and so has no rules.</summary>
    public static ValidationReport Unknown(ModelStaged staged, DateTimeOffset now) => Report(
        [
            new CheckResult
            {
                Check = CheckName.Integrity,
                Status = CheckStatus.Fail,
                Message = $"{staged.ValueStream}/{staged.Model} is no longer in the registry,"
                    + " so there are no rules to check it by.",
            },
        ],
        null,
        now);

    // Not overruled by force: without what the data must be compared with, nobody knows what is overruled.
    private static CheckResult Incomparable(string problem) =>
        new() { Check = CheckName.Integrity, Status = CheckStatus.Fail, Message = problem };

    // Force overrules the comparisons with the published version, but not the checks of the data itself.
    private static CheckResult UnlessForced(CheckResult check, StagedFacts facts) =>
        check.Status == CheckStatus.Fail && facts.Force && CheckDescription.Of(check.Check).IsOverruledByForce
            ? check.AsOverruled() : check;

    private static ValidationReport Report(
        IReadOnlyList<CheckResult> checks, DriftSummary? drift, DateTimeOffset now) => new()
        {
            Accepted = checks.All(c => c.Status != CheckStatus.Fail),
            // Reasons are told apart by their lines, and a column may have any name.
            Checks = [.. checks.OrderByDescending(c => c.Status)
                .Select(c => c with { Message = Visible.Of(c.Message) })],
            Drift = drift,
            CheckedAt = now,
        };
}
