namespace Benchmark.Notifier.Reports;

/// <summary>The rows of a report for which there is room. Nothing good takes room from what is bad.</summary>
public sealed record ReportBody
{
    /// <summary>What was not published, by cause.</summary>
    public required ReportSection<FailureRow> Failures { get; init; }

    /// <summary>What has drifted from the version before.</summary>
    public required ReportSection<DriftRow> Moved { get; init; }

    /// <summary>What has drifted from the anchor.</summary>
    public required ReportSection<DriftRow> SinceAnchor { get; init; }

    /// <summary>Every other warning.</summary>
    public required ReportSection<WarningRow> Warnings { get; init; }

    /// <summary>What is served of each model that was not published.</summary>
    public required ReportSection<ServedRow> StillServed { get; init; }

    /// <summary>The scale of every bar.</summary>
    public required DriftScale Scale { get; init; }

    /// <summary>Chooses the rows.</summary>
    /// <param name="facts">The content of the report.</param>
    /// <param name="lengths">How much of each text is shown.</param>
    /// <param name="room">The room for all rows.</param>
    /// <param name="sizeOf">The room that a row takes, given the scale.</param>
    public static ReportBody Fitting(
        ReportFacts facts, ReportLengths lengths, int room, Func<IReportRow, DriftScale, int> sizeOf)
    {
        var scale = ScaleOf(facts);
        var budget = new RowBudget(room, row => sizeOf(row, scale));
        // In the order of the report, each a share of what the sections before it have left.
        return new ReportBody
        {
            Scale = scale,
            Failures = budget.Take(
                facts.Failures.Count,
                facts.FailureGroups.Select(group => FailureRow.Of(group, facts, lengths)), share: 0.5),
            Moved = budget.Take(
                facts.Drifted.Count, facts.Drifted.Select(model => DriftRow.Of(model, facts, lengths)), share: 0.5),
            SinceAnchor = budget.Take(
                facts.DriftedSinceAnchor.Count,
                facts.DriftedSinceAnchor.Select(model => DriftRow.SinceAnchor(model, facts)), share: 0.4),
            Warnings = budget.TakeWarnings(
                facts.WarningGroups.Count,
                facts.WarningGroups.Select(group => WarningRow.Of(group, lengths)), share: 0.5),
            StillServed = budget.Take(
                facts.Failures.Count,
                facts.Failures.Select(model => ServedRow.Of(model, facts.KnownOf(model), facts.Now)), share: 1),
        };
    }

    private static DriftScale ScaleOf(ReportFacts facts) => DriftScale.Of([
        DriftMarks.Default.Fail,
        .. facts.Drifted.Select(model => model.WorstDrift!.Psi),
        .. facts.DriftedSinceAnchor.Select(model => facts.KnownOf(model).Drift!.WorstSinceAnchor!.Psi),
    ]);
}

/// <summary>A section of a report.</summary>
/// <param name="All">How many models it is about, or warnings.</param>
/// <param name="Rows">The rows for which there was room.</param>
public sealed record ReportSection<T>(int All, IReadOnlyList<T> Rows)
    where T : IReportRow
{
    /// <summary>How many of the models, or warnings, there was no room for.</summary>
    public required int More { get; init; }
}
