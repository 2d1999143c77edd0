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
        CsvScan scan, ModelDefinition model, VersionDocuments published)
    {
        foreach (var column in scan.Columns)
        {
            var name = column.Profile.Name;
            if (column.Against is not { Rows: > 0 } against || ColumnDriftCheck.LimitsOf(name, model) is null)
                continue;
            if (against.HasRange)
                yield return Outside(against, published);
            // Where a value is required, the check 'required' tells of those that are missing.
            if (model.Columns.FirstOrDefault(c => c.Name == name) is not { Required: true })
                yield return Missing(column.Profile, against.Reference, published);
        }
    }

    private static CheckResult Outside(ColumnComparison column, VersionDocuments published)
    {
        var (name, share) = (column.Reference.Name, (double)column.OutOfRange / column.Rows);
        var p = column.OutOfRangePValue;
        return new CheckResult
        {
            Check = CheckName.OutOfRange,
            Column = name,
            Status = StatusOf(p),
            Observed = share,
            Limit = ColumnComparison.MostOutOfRange,
            Message = $"Column {name}: {Format.Percent(share)} of the rows ({column.OutOfRange} of {column.Rows})"
                + $" are outside the range of version {published.Version}; limit"
                + $" {Format.Percent(ColumnComparison.MostOutOfRange)}{InWords(p)}.",
        };
    }

    // Values that are not of the column's type are reported by the check 'type'.
    private static CheckResult Missing(ColumnProfile column, ColumnProfile before, VersionDocuments published)
    {
        var (missing, rows) = (column.Nulls + column.Nans, column.Count + column.Nulls);
        var (missingBefore, rowsBefore) = (before.Nulls + before.Nans, before.Count + before.Nulls);
        var (share, shareBefore) = (Share(missing, rows), Share(missingBefore, rowsBefore));
        double? p = share - shareBefore > MostMissingMore
            ? PValue.OfMore(missingBefore, rowsBefore, missing, rows)
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

    private static CheckStatus StatusOf(double? p) => p < PValue.Significant ? CheckStatus.Warn : CheckStatus.Pass;

    private static string InWords(double? p) => p is { } value ? $", {PValue.InWords(value)}" : "";
}
