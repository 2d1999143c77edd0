using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Scanning;

namespace Benchmark.Validator.Checks;

/// <summary>The drift of the columns against the published version, and against the anchor.</summary>
internal static class DriftChecks
{
    public static (IReadOnlyList<CheckResult> Checks, DriftSummary Summary) Evaluate(
        CsvScan scan, ModelDefinition model, VersionDocuments published, Anchor? anchor)
    {
        var columns = ColumnDriftCheck.Of(scan, model, column => column.Against);
        var dates = DataDates.Recognize(columns, scan, published, CheckName.Drift);
        columns = Without(columns, dates);
        var since = anchor?.Version is null
            ? [] : Without(ColumnDriftCheck.Of(scan, model, column => column.Anchor), dates);
        var datesSince = DataDates.Recognize(since, scan, anchor?.Version ?? published, CheckName.CumulativeDrift);
        since = Without(since, datesSince);
        var summary = new DriftSummary
        {
            AgainstVersion = published.Version,
            Worst = ColumnDriftCheck.Worst(columns),
            AnchorVersion = anchor?.Version?.Version,
            WorstSinceAnchor = ColumnDriftCheck.Worst(since),
            Columns = [.. columns.Select(Drift)],
        };
        return (
            [.. columns.Select(c => c.Check(CheckName.Drift, $"version {published.Version}"))
                    .Select(check => DataDates.Explain(check, scan, published)), .. dates,
                .. Cumulative(since, anchor), .. datesSince], summary);
    }

    private static IReadOnlyList<ColumnDriftCheck> Without(
        IReadOnlyList<ColumnDriftCheck> columns, IReadOnlyList<CheckResult> dates) =>
        [.. columns.Where(column => dates.All(date => date.Column != column.Stability.Column))];

    private static IEnumerable<CheckResult> Cumulative(IReadOnlyList<ColumnDriftCheck> columns, Anchor? anchor)
    {
        if (anchor is { Problem: not null })
            return [NotMeasured(anchor)];
        return columns
            .Select(column => column.Check(CheckName.CumulativeDrift, anchor!.InWords))
            // Without an anchor in the registry, cumulative drift only warns.
            .Select(check => check.Status == CheckStatus.Fail && !anchor!.IsConfigured
                ? check with { Status = CheckStatus.Warn } : check);
    }

    private static CheckResult NotMeasured(Anchor anchor) => new()
    {
        Check = CheckName.CumulativeDrift,
        Status = CheckStatus.Warn,
        Message = $"Drift since {anchor.InWords}, was not measured: {anchor.Problem}.",
    };

    private static ColumnDrift Drift(ColumnDriftCheck column) => new()
    {
        Column = column.Stability.Column,
        Psi = column.Stability.Psi,
        Band = column.Stability.Band,
        NoiseLimit = column.Stability.NoiseLimit,
        NoiseMethod = column.Stability.NoiseMethod,
        PValue = column.Stability.PValue,
        BinsFilled = column.Stability.BinsFilled,
        Reason = column.Stability.Reason,
        CsiPoints = column.Stability.CsiPoints,
    };
}
