using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Validator.Scanning;
using Benchmark.Validator.Stability;

namespace Benchmark.Validator.Checks;

/// <summary>How far the columns drifted from the published version, measured in its frozen bins.</summary>
internal static class DriftChecks
{
    public static (IReadOnlyList<CheckResult> Checks, DriftSummary Summary) Evaluate(
        ScanResult scan, ModelDefinition model, Published published)
    {
        var compared = new List<(ColumnStability Stability, CheckResult Check)>();
        foreach (var column in scan.Columns)
        {
            if (column.Tally is null || DriftOf(column.Profile.Name, model) is not { } limits)
                continue;
            var before = published.Profile.Columns.First(c => c.Name == column.Profile.Name);
            if (ColumnStability.Of(before, column.Tally, limits, PsiConvention.Benchmark) is { } stability)
                compared.Add((stability, Check(stability, limits, model, published)));
        }
        return ([.. compared.Select(c => c.Check)], Summary([.. compared.Select(c => c.Stability)], published));
    }

    /// <summary>The limits of a column; null when its drift is not measured.</summary>
    private static DriftLimits? DriftOf(string column, ModelDefinition model)
    {
        // A key names rows. That it differs from last month's is what it is for.
        if (model.Key.Contains(column))
            return null;
        var rule = model.Columns.FirstOrDefault(c => c.Name == column);
        return rule is null ? model.Drift : rule.Drift;
    }

    private static CheckResult Check(
        ColumnStability column, DriftLimits limits, ModelDefinition model, Published published)
    {
        var index = model.Columns.Any(c => c.Name == column.Column && c.IsScore) ? "PSI" : "CSI";
        var limit = column.Band == Band.Moved ? limits.Fail : limits.Warn;
        return new CheckResult
        {
            Check = CheckName.Drift,
            Column = column.Column,
            Status = Status(column, limits),
            Observed = column.Psi,
            Limit = limit,
            Message = $"Column {column.Column}: {column.Band}, {index} {Say.Number(column.Psi)} against version"
                + $" {published.Version}; limit {Say.Number(limit)}, noise {Say.Number(column.NoiseLimit)}.",
        };
    }

    private static CheckStatus Status(ColumnStability column, DriftLimits limits) => column.Band switch
    {
        Band.Moved => limits.OnFail == DriftAction.Reject ? CheckStatus.Fail : CheckStatus.Warn,
        Band.Shifted => CheckStatus.Warn,
        // Too few rows to tell drift from chance: worth a look when it looks like drift, never a rejection.
        Band.InsufficientSample when column.Psi >= limits.Warn => CheckStatus.Warn,
        _ => CheckStatus.Pass,
    };

    private static DriftSummary Summary(IReadOnlyList<ColumnStability> columns, Published published)
    {
        // What can be told comes before what may be chance.
        var worst = columns
            .OrderBy(c => c.Band == Band.InsufficientSample).ThenByDescending(c => c.Psi).FirstOrDefault();
        return new DriftSummary
        {
            AgainstVersion = published.Version,
            Worst = worst is null ? null : new WorstDrift { Column = worst.Column, Psi = worst.Psi, Band = worst.Band },
            Columns = [.. columns.Select(Drift)],
        };
    }

    private static ColumnDrift Drift(ColumnStability column) => new()
    {
        Column = column.Column,
        Psi = column.Psi,
        Band = column.Band,
        NoiseLimit = column.NoiseLimit,
    };
}
