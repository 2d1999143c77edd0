namespace Benchmark.Notifier.Pages.Charts;

/// <summary>Where everything is in a chart of values over time, in pixels.</summary>
internal sealed class LineGeometry
{
    // Not scaled on a telephone 390 pixels wide, so that text keeps its size.
    public const int Width = 320;
    public const int Height = 156;
    public const int Left = 48;
    public const int Right = Width - 10;
    public const int Top = 12;
    public const int Bottom = Height - 24;

    // The room of a label, so that two of them do not lie on each other.
    private const double LabelHeight = 12;
    private const double LabelWidth = 96;

    private readonly int _moments;

    public LineGeometry(LineChartData data)
    {
        _moments = data.Moments.Count;
        Vertical = Axis.Over(
            data.Lines.SelectMany(line => line.Points).OfType<Point>().Select(point => point.Value)
                .Concat(data.Limits.Select(limit => limit.Value)),
            Bottom, Top);
        Limits = [.. Labelled(data.Limits)];
    }

    /// <summary>The axis of the values.</summary>
    public Axis Vertical { get; }

    /// <summary>Limits with the heights of their lines and the places of their labels, greatest first.</summary>
    public IReadOnlyList<(Limit Limit, double Y, double LabelX, double LabelY)> Limits { get; }

    /// <summary>The pixel of a moment; of a single one, the middle.</summary>
    public double X(int moment) => _moments == 1
        ? (Left + Right) / 2.0 : Left + 8 + (Right - Left - 16) * (double)moment / (_moments - 1);

    /// <summary>The points of a line that can be drawn, in unbroken stretches: a gap is never bridged.</summary>
    public IEnumerable<IReadOnlyList<(double X, double Y)>> Stretches(Line line)
    {
        List<(double X, double Y)> stretch = [];
        for (var i = 0; i < line.Points.Count; i++)
        {
            if (line.Points[i] is { } point && double.IsFinite(point.Value))
            {
                stretch.Add((X(i), Vertical.At(point.Value)));
                continue;
            }
            if (stretch.Count > 0)
                yield return stretch;
            stretch = [];
        }
        if (stretch.Count > 0)
            yield return stretch;
    }

    // Each label stands above its line; where another is there, beside it.
    private IEnumerable<(Limit Limit, double Y, double LabelX, double LabelY)> Labelled(IEnumerable<Limit> limits)
    {
        var (x, labelY) = (0.0, double.NegativeInfinity);
        foreach (var limit in limits.OrderByDescending(limit => limit.Value))
        {
            var y = Vertical.At(limit.Value);
            var isFree = y - 3 >= labelY + LabelHeight;
            (x, labelY) = isFree ? (Left + 4, y - 3) : (x + LabelWidth, labelY);
            yield return (limit, y, x, labelY);
        }
    }
}
