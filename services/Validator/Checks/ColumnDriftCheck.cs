using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Scanning;
using Benchmark.Data.Stability;

namespace Benchmark.Validator.Checks;

/// <summary>The drift of a column against a version, measured in that version's frozen bins.</summary>
/// <param name="Stability">The drift.</param>
/// <param name="Limits">The limits of the drift.</param>
/// <param name="IsScore">Whether the index is PSI; otherwise it is CSI.</param>
internal sealed record ColumnDriftCheck(ColumnStability Stability, DriftLimits Limits, bool IsScore)
{
    /// <summary>Judges every column that was compared and whose drift is measured, the worst first.</summary>
    /// <param name="comparisonOf">A column's rows in that version's bins.</param>
    public static IReadOnlyList<ColumnDriftCheck> Of(
        CsvScan scan, ModelDefinition model, Func<ScannedColumn, ColumnComparison?> comparisonOf)
    {
        var compared = new List<ColumnDriftCheck>();
        foreach (var column in scan.Columns)
        {
            var name = column.Profile.Name;
            if (comparisonOf(column) is not { } comparison || LimitsOf(name, model) is not { } limits)
                continue;
            var points = model.RuleOf(name)?.Bins?.Points;
            if (comparison.Judge(limits.Warn, limits.Fail, PsiConvention.Benchmark, points) is { } stability)
                compared.Add(
                    new ColumnDriftCheck(stability, limits, model.Columns.Any(c => c.Name == name && c.IsScore)));
        }
        return [.. compared.OrderByDescending(c => c.Stability.Band).ThenByDescending(c => c.Stability.Psi)];
    }

    /// <summary>The first of the columns that <see cref="Of"/> gave; null when none was compared.</summary>
    public static WorstDrift? Worst(IReadOnlyList<ColumnDriftCheck> columns) => columns is [var worst, ..]
        ? new WorstDrift
        {
            Column = worst.Stability.Column,
            Psi = worst.Stability.Psi,
            Band = worst.Stability.Band,
            PValue = worst.Stability.PValue,
            BinsFilled = worst.Stability.BinsFilled,
        }
        : null;

    /// <summary>The result of a check.</summary>
    /// <param name="check">Its name.</param>
    /// <param name="against">The version, as text for the message.</param>
    public CheckResult Check(CheckName check, string against)
    {
        var limit = Stability.Band == Band.Moved ? Limits.Fail : Limits.Warn;
        return new CheckResult
        {
            Check = check,
            Column = Stability.Column,
            Status = Status,
            Observed = Stability.Psi,
            Limit = limit,
            Message = $"Column {Stability.Column}: {Verdict}, {(IsScore ? "PSI" : "CSI")}"
                + $" {Format.Psi(Stability.Psi)}{Points} on {Format.Bins(Stability.BinsFilled)} against {against};"
                + $" limit {Format.Number(limit)}, noise {Format.Psi(Stability.NoiseLimit)},"
                + $" {PValue.InWords(Stability.PValue)}.",
        };
    }

    private string Points => Stability.CsiPoints is { } points ? $", CSI points {Format.Number(points)}" : "";

    private string Verdict => Stability.Reason is { } reason && Stability.Band == Band.NotComparable
        ? $"{Stability.Band.Word()} ({reason})" : Stability.Band.Word();

    private CheckStatus Status => Stability.Band switch
    {
        Band.Moved => Limits.OnFail == DriftAction.Reject ? CheckStatus.Fail : CheckStatus.Warn,
        Band.Shifted => CheckStatus.Warn,
        // Chance explains it: at most a warning.
        Band.InsufficientSample when Stability.Psi >= Limits.Warn => CheckStatus.Warn,
        _ => CheckStatus.Pass,
    };

    // Null when the column's drift is not measured.
    internal static DriftLimits? LimitsOf(string column, ModelDefinition model)
    {
        // The values of a key are meant to differ between versions.
        if (model.Key.Contains(column))
            return null;
        var rule = model.Columns.FirstOrDefault(c => c.Name == column);
        return rule is null ? model.Drift : rule.Drift;
    }
}
