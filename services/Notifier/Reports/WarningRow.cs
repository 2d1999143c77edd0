namespace Benchmark.Notifier.Reports;

/// <summary>A row of the report: a warning, and the models that were published with it.</summary>
public sealed record WarningRow : IReportRow
{
    /// <summary>
    /// The check that warned, or the stage where something went wrong; empty when it is not known.
    /// </summary>
    public required string Check { get; init; }

    /// <summary>What it said, of the first of the models.</summary>
    public required string Message { get; init; }

    /// <summary>The models' names.</summary>
    public required string Names { get; init; }

    public required int Models { get; init; }

    /// <summary>What the message is of, where it is of several.</summary>
    public string? Such => Models == 1 ? null : "for example:";

    internal static WarningRow Of(WarningGroup group, ReportLengths lengths) => new()
    {
        Check = group.Check,
        Message = Wording.Clipped(Wording.OneLine(group.Message), lengths.Reason),
        Names = Wording.Names([.. group.Models.Select(model => $"{model}")], lengths.Names),
        Models = group.Models.Count,
    };
}
