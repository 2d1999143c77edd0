using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Stability;

namespace Benchmark.Notifier.Reports;

/// <summary>A row of the report: the columns of a model that have drifted.</summary>
public sealed record DriftRow : IReportRow
{
    /// <summary>The versions of a sparkline, this one included.</summary>
    internal const int Versions = 12;

    public required string Model { get; init; }

    /// <summary>The address of the model's page; null where there are no pages.</summary>
    public string? Link { get; init; }

    /// <summary>What happened to the data when it was not published; null when it was.</summary>
    public string? NotPublished { get; init; }

    /// <summary>The columns, the worst verdict first.</summary>
    public required IReadOnlyList<DriftLine> Columns { get; init; }

    /// <summary>How many more columns have drifted.</summary>
    public int MoreColumns { get; init; }

    public int Models => 1;

    /// <summary>The drift of a model from the version before.</summary>
    internal static DriftRow Of(RefreshOutcome model, ReportFacts facts, ReportLengths lengths)
    {
        var known = facts.KnownOf(model);
        // The event has the worst column, also where the files cannot be read.
        WorstDrift[] columns =
        [
            model.WorstDrift!,
            .. (known.Drift?.Columns ?? [])
                .Where(column => column.Band is Band.Shifted or Band.Moved && column.Column != model.WorstDrift!.Column)
                .OrderByDescending(column => column.Band).ThenByDescending(column => column.Psi)
                .Select(Worst),
        ];
        return Row(model, facts, [.. columns.Take(lengths.Columns).Select(column => DriftLine.Of(
            column, known, known.Earlier.Select(past => past.PsiOf(column.Column))))])
            with
        { MoreColumns = Math.Max(columns.Length - lengths.Columns, 0) };
    }

    /// <summary>The drift of a model from the anchor.</summary>
    internal static DriftRow SinceAnchor(RefreshOutcome model, ReportFacts facts)
    {
        var known = facts.KnownOf(model);
        var worst = known.Drift!.WorstSinceAnchor!;
        var line = DriftLine.Of(worst, known, known.Earlier.Select(past => past.SinceAnchorOf(worst.Column)));
        return Row(model, facts, [line with { Since = known.Drift.AnchorVersion }]);
    }

    private static DriftRow Row(RefreshOutcome model, ReportFacts facts, IReadOnlyList<DriftLine> columns) => new()
    {
        Model = Wording.Clipped(Wording.OneLine(model.Name.ToString()), 200),
        Link = facts.Context.Links?.To(model.Name),
        NotPublished = model.IsRefreshed ? null : model.Outcome?.Word(),
        Columns = columns,
    };

    private static WorstDrift Worst(ColumnDrift column) => new()
    {
        Column = column.Column,
        Psi = column.Psi,
        Band = column.Band,
        PValue = column.PValue,
        BinsFilled = column.BinsFilled,
    };
}

/// <summary>The drift of one column.</summary>
public sealed record DriftLine
{
    public required string Column { get; init; }

    /// <summary>PSI for the score, CSI for every other column.</summary>
    public required string Index { get; init; }

    public required double Psi { get; init; }

    public required Band Band { get; init; }

    /// <summary>The same column's in the version before; null when it was not compared then.</summary>
    public double? Before { get; init; }

    /// <summary>The same column's in the last versions, oldest first, this one included.</summary>
    public required IReadOnlyList<double?> Past { get; init; }

    public required DriftMarks Limits { get; init; }

    /// <summary>The bins that the verdict stands on; null when not known.</summary>
    public int? Bins { get; init; }

    /// <summary>How probable chance makes it; null when not known.</summary>
    public double? Chance { get; init; }

    /// <summary>The anchor it has drifted from; null when it is the version before.</summary>
    public int? Since { get; init; }

    /// <summary><c>on 10 bins, p &lt; 0.001</c>; empty when not known.</summary>
    public string InWords => Bins is { } bins && Chance is { } p
        ? $"on {Wording.Count(bins, "bin")}, {PValue.InWords(p)}" : "";

    /// <summary>What fills the height of the last versions: the limit that fails is half way up at the most.</summary>
    public double Top => Past.Where(psi => psi is { } known && double.IsFinite(known))
        .Append(2 * Limits.Fail).Max()!.Value;

    /// <summary>The last versions as blocks; empty for the first.</summary>
    public string Blocks => Past.Count < 2 ? "" : Sparkline.Of(Past, Top);

    internal static DriftLine Of(WorstDrift drift, ModelFacts facts, IEnumerable<double?> earlier)
    {
        double?[] past = [.. earlier];
        return new DriftLine
        {
            Column = Wording.Clipped(Wording.OneLine(drift.Column), 100),
            // Without the registry nobody knows which column is the score, and PSI is the name of both.
            Index = facts.Definition is { } model && model.RuleOf(drift.Column) is not { IsScore: true }
                ? "CSI" : "PSI",
            Psi = drift.Psi,
            Band = drift.Band,
            Before = past is [.., { } last] ? last : null,
            Past = [.. past.TakeLast(DriftRow.Versions - 1), drift.Psi],
            Limits = LimitsOf(drift.Column, facts),
            Bins = drift.BinsFilled,
            Chance = drift.PValue,
        };
    }

    private static DriftMarks LimitsOf(string column, ModelFacts facts) =>
        facts.Definition is { } model && (model.RuleOf(column)?.Drift ?? model.Drift) is { } limits
            ? new DriftMarks(limits.Warn, limits.Fail) : DriftMarks.Default;
}
