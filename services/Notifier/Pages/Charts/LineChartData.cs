namespace Benchmark.Notifier.Pages.Charts;

/// <summary>What a chart of values over time shows. All lines have as many values as there are moments.</summary>
public sealed record LineChartData
{
    /// <summary>What it shows, for those who see it and for those who hear it.</summary>
    public required string Title { get; init; }

    /// <summary>What there is to see in it, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>The moments, oldest first.</summary>
    public required IReadOnlyList<Moment> Moments { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>Values that are not to be reached.</summary>
    public IReadOnlyList<Limit> Limits { get; init; } = [];

    /// <summary>Whether values are shares, shown in per cent.</summary>
    public bool AreShares { get; init; }

    /// <summary>The form of a value in the table beside the picture.</summary>
    public required Func<double, string> Format { get; init; }
}

/// <summary>A moment on the horizontal axis.</summary>
/// <param name="Name">As in the table: <c>version 7</c>.</param>
/// <param name="Short">As below the axis: <c>v7</c>.</param>
/// <param name="When">When it was.</param>
public sealed record Moment(string Name, string Short, DateTimeOffset When);

/// <summary>A line of a chart.</summary>
/// <param name="Name">As in the legend.</param>
/// <param name="Class">Its class in the style sheet.</param>
/// <param name="Points">A value for each moment; null where there is none.</param>
public sealed record Line(string Name, string Class, IReadOnlyList<Point?> Points);

/// <summary>A value at a moment.</summary>
/// <param name="Value">The value; it need not be finite.</param>
/// <param name="Note">A word on it for the table, such as a verdict.</param>
/// <param name="Class">Its class in the style sheet; null for that of the line.</param>
public sealed record Point(double Value, string? Note = null, string? Class = null);

/// <summary>A value that is not to be reached.</summary>
/// <param name="Name">As written at its line.</param>
/// <param name="Class">Its class in the style sheet.</param>
/// <param name="Value">The value.</param>
public sealed record Limit(string Name, string Class, double Value);
