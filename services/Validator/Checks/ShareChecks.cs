using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;

namespace Benchmark.Validator.Checks;

/// <summary>
/// Shares of rows that a PSI shows only in part: values outside the published version's range, which share a bin with
/// its greatest or least, and missing ones. They warn, and never reject.
/// </summary>
internal static class ShareChecks
{
    private const double MostMissingMore = 0.05;

    public static IEnumerable<CheckResult> Evaluate(
        ScanResult scan, ModelDefinition model, VersionDocuments published)
    {
        foreach (var column in scan.Columns)
        {
            var name = column.Profile.Name;
            if (column.Tally is not { Rows: > 0 } tally || ColumnDriftCheck.LimitsOf(name, model) is null)
                continue;
            var before = published.Profile.Columns.First(c => c.Name == name);
            if (OutOfRange.AppliesTo(before))
                yield return Outside(tally, before, published);
            // Where a value is required, the check 'required' tells of those that are missing.
            if (model.Columns.FirstOrDefault(c => c.Name == name) is not { Required: true })
                yield return Missing(column.Profile, before, published);
        }
    }

    private static CheckResult Outside(BinTally tally, ColumnProfile before, VersionDocuments published)
    {
        var share = (double)tally.OutOfRange / tally.Rows;
        var p = OutOfRange.PValue(before, tally);
        return new CheckResult
        {
            Check = CheckName.OutOfRange,
            Column = before.Name,
            Status = StatusOf(p),
            Observed = share,
            Limit = OutOfRange.Limit,
            Message = $"Column {before.Name}: {Format.Percent(share)} of the rows ({tally.OutOfRange} of {tally.Rows})"
                + $" are outside the range of version {published.Version}; limit {Format.Percent(OutOfRange.Limit)}"
                + $"{InWords(p)}.",
        };
    }

    // Values that are not of the column's type are reported by the check 'type'.
    private static CheckResult Missing(ColumnProfile column, ColumnProfile before, VersionDocuments published)
    {
        var (missing, rows) = (column.Nulls + column.Nans, column.Count + column.Nulls);
        var (missingBefore, rowsBefore) = (before.Nulls + before.Nans, before.Count + before.Nulls);
        var (share, shareBefore) = (Share(missing, rows), Share(missingBefore, rowsBefore));
        double? p = share - shareBefore > MostMissingMore
            ? ShareTest.More(missingBefore, rowsBefore, missing, rows)
            : null;
        return new CheckResult
        {
            Check = CheckName.Missing,
            Column = before.Name,
            Status = StatusOf(p),
            Observed = share - shareBefore,
            Limit = MostMissingMore,
            Message = $"Column {before.Name}: {Format.Percent(share)} of the rows have no value, and"
                + $" {Format.Percent(shareBefore)} in version {published.Version}; limit"
                + $" {MostMissingMore * 100:0} points more{InWords(p)}.",
        };
    }

    private static double Share(long part, long all) => all == 0 ? 0 : (double)part / all;

    private static CheckStatus StatusOf(double? p) => p < ShareTest.Significant ? CheckStatus.Warn : CheckStatus.Pass;

    private static string InWords(double? p) => p is { } value ? $", {PValue.InWords(value)}" : "";
}
