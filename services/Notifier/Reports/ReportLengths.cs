namespace Benchmark.Notifier.Reports;

/// <summary>How much of each text a report shows.</summary>
/// <param name="Reason">The characters of one line of a reason.</param>
/// <param name="Reasons">The lines of one reason.</param>
/// <param name="Names">The characters of the names in one row.</param>
/// <param name="Columns">The columns of one model.</param>
public sealed record ReportLengths(int Reason, int Reasons, int Names, int Columns)
{
    /// <summary>For people who read a mail: what does not fit is on the volume.</summary>
    public static ReportLengths Mail { get; } = new(400, 5, 1200, 5);

    /// <summary>For the file on the volume, which has all of what people can read.</summary>
    public static ReportLengths File { get; } = new(4000, 200, 100_000, 200);
}
