using Benchmark.Contracts.Volume;
using Benchmark.Data.Dialect;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;

namespace Benchmark.Validator.Checks;

/// <summary>
/// Recognizes dates that seem to say when the data was taken. No bin of theirs is ever filled twice, so their drift
/// would reject every refresh.
/// </summary>
internal static class DataDates
{
    private const string Remedy =
        "Write 'role: as_of' for it in the registry, and it is checked to move forward; or 'drift: off'.";

    /// <summary>Warnings of such columns, in file order; what is said of them is not said of their drift.</summary>
    /// <param name="compared">The columns whose drift is measured.</param>
    /// <param name="scan">The data.</param>
    /// <param name="version">The version that it is compared with.</param>
    /// <param name="check">The check that compares.</param>
    public static IReadOnlyList<CheckResult> Recognize(
        IReadOnlyList<ColumnDriftCheck> compared, CsvScan scan, VersionDocuments version, CheckName check) =>
    [
        .. from drift in compared
           let name = drift.Stability.Column
           let now = Now(name, scan)
           let before = Before(name, version)
           // With missing values it may be a date of each row, whose loss must be seen.
           where now.Nulls == 0 && before.Nulls == 0
           let change = Change(before, now)
           where change is not null
           select new CheckResult
           {
               Check = check,
               Column = name,
               Status = CheckStatus.Warn,
               Observed = now.Min!,
               Limit = before.Max!,
               Message = $"Column {name}: {change} in version {version.Version}, so it seems to say when the data was"
                   + $" taken, and its drift is not judged. {Remedy}",
           },
    ];

    /// <summary>Names the remedy where drift is judged of a column that may say when the data was taken.</summary>
    public static CheckResult Explain(CheckResult drift, CsvScan scan, VersionDocuments version) =>
        drift.Status != CheckStatus.Pass
        && Change(Before(drift.Column!, version), Now(drift.Column!, scan)) is { } change
            ? drift with
            {
                Message = $"{drift.Message} Beside missing ones, {change}: if it says when the data was taken, its"
                    + $" drift is no matter. {Remedy}",
            }
            : drift;

    private static ColumnProfile Now(string column, CsvScan scan) =>
        scan.Columns.First(now => now.Profile.Name == column).Profile;

    private static ColumnProfile Before(string column, VersionDocuments version) =>
        version.Profile.Columns.First(before => before.Name == column);

    private static string? Change(ColumnProfile before, ColumnProfile now)
    {
        if (!FreshnessChecks.IsTemporal(now.Type) || now.Type != before.Type
            || now is not { Min: { } first, Max: { } last } || before is not { Min: { } least, Max: { } greatest })
            return null;
        var order = Grammar.Of(now.Type);
        var (isConstant, wasConstant) = (order.Compare(first, last) == 0, order.Compare(least, greatest) == 0);
        // One date where there were many is a loss.
        if (order.Compare(first, greatest) > 0 && (wasConstant || !isConstant))
            return $"every value is after {greatest}, the latest";
        return isConstant && wasConstant && order.Compare(first, least) != 0
            ? $"every value is {first}, and every one was {least}" : null;
    }
}
