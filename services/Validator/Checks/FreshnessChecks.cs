using System.Globalization;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;

namespace Benchmark.Validator.Checks;

/// <summary>
/// Whether the columns that say when the data was taken (<c>role: as_of</c>) are new enough and move forward.
/// </summary>
internal sealed class FreshnessChecks(StagedFacts facts, VersionDocuments? published)
{
    // The calendar of a source may be up to 14 hours ahead of UTC.
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(1);

    public static IEnumerable<CheckResult> Evaluate(
        CsvScan scan, ModelDefinition model, StagedFacts facts, VersionDocuments? published)
    {
        var checks = new FreshnessChecks(facts, published);
        return
            from column in scan.Columns
            let rule = model.RuleOf(column.Profile.Name)
            where rule is { IsAsOf: true } && IsTemporal(column.Profile.Type)
            from check in checks.Column(column.Profile, rule)
            select check;
    }

    /// <summary>Whether values of the type say when something was.</summary>
    public static bool IsTemporal(ColumnType type) => type is ColumnType.Date or ColumnType.Timestamp;

    private IReadOnlyList<CheckResult> Column(ColumnProfile column, ColumnRule rule)
    {
        if (column.Max is not { } newest)
            return [Result(column, CheckStatus.Fail, "no value says when the data was taken")];
        List<CheckResult> problems = [.. Age(column, newest, rule.MaxAge), .. Movement(column, newest)];
        return problems.Count > 0 ? problems : [Passed(column, newest, rule.MaxAge)];
    }

    private IEnumerable<CheckResult> Age(ColumnProfile column, string newest, TimeSpan? allowed)
    {
        var age = AgeOf(newest, column.Type);
        if (age < -s_ahead)
            yield return Result(column, CheckStatus.Fail,
                $"the newest value, {newest}, is {Format.Duration(-age)} after the fetch");
        if (age > allowed)
            yield return Result(column, CheckStatus.Fail,
                $"the newest value, {newest}, was {Format.Duration(age)} old at the fetch; allowed are "
                + $"{Format.Duration(allowed.Value)}") with
            {
                Limit = Format.Duration(allowed.Value),
            };
    }

    private IEnumerable<CheckResult> Movement(ColumnProfile column, string newest)
    {
        if (Before(column) is not { } before || Grammar.Of(column.Type).Compare(newest, before) is not { } order)
            yield break;
        if (order < 0)
            yield return Result(column, CheckStatus.Fail,
                $"the newest value, {newest}, is before that of version {published!.Version}, {before}") with
            {
                Limit = before,
            };
        else if (order == 0 && facts.Sha256 != published!.Manifest.Sha256)
            yield return Result(column, CheckStatus.Warn,
                $"the newest value, {newest}, is that of version {published.Version}, but the data is not") with
            {
                Limit = before,
            };
    }

    private CheckResult Passed(ColumnProfile column, string newest, TimeSpan? allowed)
    {
        var age = AgeOf(newest, column.Type);
        var old = age > TimeSpan.Zero ? $"{Format.Duration(age)} old at the fetch" : "as new as the fetch";
        var within = allowed is { } most ? $"; allowed are {Format.Duration(most)}" : "";
        return Result(column, CheckStatus.Pass, $"the newest value, {newest}, was {old}{within}");
    }

    // A date stands for its whole day: it is as old as there are days between it and the day of the fetch, both in UTC.
    private TimeSpan AgeOf(string newest, ColumnType type)
    {
        var taken = DateTimeOffset.Parse(
            newest, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        var fetched = facts.FetchedAt.UtcDateTime;
        return (type == ColumnType.Date ? fetched.Date : fetched) - taken.UtcDateTime;
    }

    private string? Before(ColumnProfile column) =>
        published?.Profile.Columns
            .FirstOrDefault(before => before.Name == column.Name && before.Type == column.Type)?.Max;

    private static CheckResult Result(ColumnProfile column, CheckStatus status, string message) => new()
    {
        Check = CheckName.Freshness,
        Column = column.Name,
        Status = status,
        Observed = column.Max is { } newest ? newest : (CheckValue?)null,
        Message = $"Column {column.Name}: {message}.",
    };
}
