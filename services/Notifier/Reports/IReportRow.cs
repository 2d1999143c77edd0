namespace Benchmark.Notifier.Reports;

/// <summary>A row that a report shows when there is room for it.</summary>
public interface IReportRow
{
    /// <summary>How many models the row is about, to count those for which there was no room.</summary>
    int Models { get; }
}
