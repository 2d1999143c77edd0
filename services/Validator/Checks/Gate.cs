using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;

namespace Benchmark.Validator.Checks;

/// <summary>
/// Every check on one staged file, evaluated before any verdict. Pure: what was read goes in, the report comes out.
/// </summary>
internal static class Gate
{
    /// <summary>What is known of a column of the file before it is read.</summary>
    public static ColumnPlan Plan(string column, ModelDefinition model, StagedFacts facts, Benchmarks benchmarks)
    {
        var rule = model.Columns.FirstOrDefault(c => c.Name == column);
        return new ColumnPlan
        {
            Name = column,
            // The registry's word counts; a column that nobody typed is text.
            Type = rule?.Type ?? facts.Columns.FirstOrDefault(c => c.Name == column)?.Type ?? ColumnType.String,
            Bins = (rule?.Drift ?? model.Drift).Bins,
            Rules = rule is null ? null : RulesOf(rule),
            Against = Of(benchmarks.Published),
            Anchor = Of(benchmarks.Anchor?.Version),
        };

        ColumnProfile? Of(Published? version) => version?.Profile.Columns.FirstOrDefault(c => c.Name == column);
    }

    private static ValueRules RulesOf(ColumnRule rule) =>
        new() { Required = rule.Required, Min = rule.Min, Max = rule.Max, Values = rule.Values };

    public static ValidationReport Judge(
        ScanResult scan,
        ModelStaged staged,
        StagedFacts facts,
        ModelDefinition model,
        Benchmarks benchmarks,
        DateTimeOffset now)
    {
        var published = benchmarks.Published;
        List<CheckResult> checks =
        [
            .. IntegrityCheck.Evaluate(scan, facts, staged),
            .. SchemaCheck.AgainstRegistry(facts.Columns, model),
        ];
        DriftSummary? drift = null;
        // Of a file that could be read in part only, or whose columns are not known, rows and columns prove nothing.
        var whole = scan.Readable && IntegrityCheck.HasHeader(scan, facts);
        if (whole)
        {
            checks.AddRange(RowRuleChecks.Evaluate(scan, model));
            checks.AddRange(RowCountChecks.Evaluate(scan.File.Rows, model.Rows, published));
        }
        if (published is not null)
            checks.AddRange(SchemaCheck.AgainstPublished(facts.Columns, model, published));
        if (published is not null && whole)
        {
            var (drifted, summary) = DriftChecks.Evaluate(scan, model, published, benchmarks.Anchor);
            checks.AddRange(drifted);
            drift = summary;
        }
        return Report([.. checks.Select(check => UnlessForced(check, facts))], drift, now);
    }

    /// <summary>The report when the registry no longer has the model: there are no rules to check by.</summary>
    public static ValidationReport Unknown(ModelStaged staged, DateTimeOffset now) => Report(
        [
            new CheckResult
            {
                Check = CheckName.Integrity,
                Status = CheckStatus.Fail,
                Message = $"{staged.ValueStream}/{staged.Model} is no longer in the registry:"
                    + " there are no rules to check it by.",
            },
        ],
        null,
        now);

    // Whoever forces a refresh has seen that it differs from what is published; that it is sound, nobody can overrule.
    private static CheckResult UnlessForced(CheckResult check, StagedFacts facts) =>
        check.Status == CheckStatus.Fail && facts.Force && CheckDescription.Of(check.Check).IsOverruledByForce
            ? check with
            {
                Status = CheckStatus.Warn,
                Message = $"{check.Message} Accepted, because the refresh was forced.",
            }
            : check;

    private static ValidationReport Report(
        IReadOnlyList<CheckResult> checks, DriftSummary? drift, DateTimeOffset now) => new()
        {
            Accepted = checks.All(c => c.Status != CheckStatus.Fail),
            Checks = [.. checks.OrderByDescending(c => c.Status)],
            Drift = drift,
            CheckedAt = now,
        };
}
