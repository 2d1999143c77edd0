namespace Benchmark.Notifier.Reports;

/// <summary>The room that the rows of a report may take together.</summary>
internal sealed class RowBudget(int room, Func<IReportRow, int> sizeOf)
{
    private int _left = room;

    /// <summary>The first rows of a section that fit into a share of what is left.</summary>
    /// <param name="models">How many models the section is about.</param>
    /// <param name="rows">Its rows, the most important first.</param>
    /// <param name="share">The share.</param>
    public ReportSection<T> Take<T>(int models, IEnumerable<T> rows, double share)
        where T : IReportRow
    {
        var taken = Fitting(rows, (int)(_left * share));
        return new ReportSection<T>(models, taken) { More = models - taken.Sum(row => row.Models) };
    }

    /// <summary>The same for warnings, which are counted themselves: a model may have several.</summary>
    public ReportSection<WarningRow> TakeWarnings(int warnings, IEnumerable<WarningRow> rows, double share)
    {
        var taken = Fitting(rows, (int)(_left * share));
        return new ReportSection<WarningRow>(warnings, taken) { More = warnings - taken.Count };
    }

    private List<T> Fitting<T>(IEnumerable<T> rows, int most)
        where T : IReportRow
    {
        var taken = new List<T>();
        foreach (var row in rows)
        {
            var size = sizeOf(row);
            if (size > most)
                break;
            taken.Add(row);
            most -= size;
            _left -= size;
        }
        return taken;
    }
}
