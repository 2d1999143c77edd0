using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Validator.Checks;

/// <summary>The number of rows, and its change since the published version.</summary>
internal static class RowCountChecks
{
    public static IEnumerable<CheckResult> Evaluate(long rows, RowLimits limits, VersionDocuments? published)
    {
        yield return Count(rows, limits);
        if (published is not null && limits.MaxChange is { } allowed)
            yield return Change(rows, allowed, published);
    }

    private static CheckResult Count(long rows, RowLimits limits)
    {
        var allowed = limits.Max is null ? $"at least {limits.Min}" : $"{limits.Min} to {limits.Max}";
        var fits = rows >= limits.Min && (limits.Max is null || rows <= limits.Max);
        return new CheckResult
        {
            Check = CheckName.Rows,
            Status = fits ? CheckStatus.Pass : CheckStatus.Fail,
            Observed = rows,
            Limit = allowed,
            Message = $"The file has {Format.Rows(rows)}; allowed is {allowed}.",
        };
    }

    private static CheckResult Change(long rows, double allowed, VersionDocuments published)
    {
        var before = published.Manifest.Rows;
        // From 0 rows to some the change is infinite; from 0 to 0 there is none.
        var change = rows == before ? 0 : Math.Abs(rows - before) / (double)before;
        return new CheckResult
        {
            Check = CheckName.RowsChange,
            Status = change <= allowed ? CheckStatus.Pass : CheckStatus.Fail,
            Observed = change,
            Limit = allowed,
            Message = $"The number of rows changed by {Format.Percent(change)}, from {before} in version"
                + $" {published.Version} to {rows}; allowed is {Format.Percent(allowed)}.",
        };
    }
}
