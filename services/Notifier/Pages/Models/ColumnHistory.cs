using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Stability;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>How a column has moved from version to version.</summary>
public sealed record ColumnHistory
{
    public required string Column { get; init; }

    /// <summary>Whether it is the model's score, whose drift is called PSI.</summary>
    public required bool IsScore { get; init; }

    /// <summary>Its limits; null where its drift is not measured any more.</summary>
    public DriftLimits? Limits { get; init; }

    /// <summary>A value for each moment, oldest first.</summary>
    public required IReadOnlyList<ColumnMoment> Moments { get; init; }

    /// <summary><c>PSI</c> or <c>CSI</c></summary>
    public string Index => IsScore ? "PSI" : "CSI";

    /// <summary>The newest moment.</summary>
    internal ColumnMoment Last => Moments[^1];

    /// <summary>
    /// Every column that a moment has, the score first, then those furthest from their limits at the newest moment.
    /// </summary>
    internal static IReadOnlyList<ColumnHistory> Of(IReadOnlyList<Snapshot> moments, ModelDefinition? model)
    {
        if (moments is [])
            return [];
        var values = moments.Select(ColumnMoment.Of).ToList();
        // In the order of the newest file; a column that is gone comes after.
        var names = moments.Reverse().SelectMany(moment => moment.Columns.Select(column => column.Name)
            .Concat(moment.Drift?.Columns.Select(column => column.Column) ?? [])).Distinct();
        return [.. names
            .Select(name => new ColumnHistory
            {
                Column = name,
                IsScore = model?.RuleOf(name)?.IsScore ?? false,
                Limits = model is null ? null : model.RuleOf(name) is { } rule ? rule.Drift : model.Drift,
                Moments = [.. values.Select(moment => moment.GetValueOrDefault(name) ?? new ColumnMoment())],
            })
            .OrderByDescending(column => column.IsScore)
            .ThenByDescending(column => column.Last.Verdict)
            .ThenByDescending(column => column.Last.Greatest)];
    }
}

/// <summary>A column at a moment.</summary>
public sealed record ColumnMoment
{
    /// <summary>Against the version that was served before; null where it was not compared.</summary>
    public double? Psi { get; init; }

    /// <summary>The verdict on that.</summary>
    public Band? Band { get; init; }

    /// <summary>Against the anchor; null where it was not compared with one.</summary>
    public double? SinceAnchor { get; init; }

    /// <summary>Whether that warned or failed.</summary>
    public CheckStatus? AnchorStatus { get; init; }

    /// <summary>The share of the rows without a value; null where it is not known.</summary>
    public double? NullRate { get; init; }

    // A warning of the anchor counts like a shift.
    internal Band Verdict => AnchorStatus switch
    {
        CheckStatus.Fail => Data.Stability.Band.Moved,
        CheckStatus.Warn when Band is null or < Data.Stability.Band.Shifted => Data.Stability.Band.Shifted,
        _ => Band ?? Data.Stability.Band.Stable,
    };

    internal double Greatest => Math.Max(Finite(Psi), Finite(SinceAnchor));

    internal static IReadOnlyDictionary<string, ColumnMoment> Of(Snapshot moment)
    {
        var drift = (moment.Drift?.Columns ?? []).DistinctBy(column => column.Column)
            .ToDictionary(column => column.Column);
        var since = moment.Checks.Where(check => check is { Check: CheckName.CumulativeDrift, Column: not null })
            .DistinctBy(check => check.Column).ToDictionary(check => check.Column!);
        var facts = moment.Columns.DistinctBy(column => column.Name).ToDictionary(column => column.Name);
        return facts.Keys.Union(drift.Keys).Union(since.Keys).ToDictionary(name => name, name => new ColumnMoment
        {
            Psi = drift.GetValueOrDefault(name)?.Psi,
            Band = drift.GetValueOrDefault(name)?.Band,
            SinceAnchor = since.GetValueOrDefault(name)?.Observed is { IsNumber: true } observed
                ? observed.Number : null,
            AnchorStatus = since.GetValueOrDefault(name)?.Status,
            NullRate = moment.Rows > 0 && facts.GetValueOrDefault(name) is { } column
                ? (double)column.Nulls / moment.Rows : null,
        });
    }

    private static double Finite(double? value) => value is { } known && !double.IsNaN(known) ? known : 0;
}
