namespace Benchmark.Notifier.Pages.Charts;

/// <summary>Where everything is in a chart of expected and actual shares, in pixels.</summary>
internal sealed class BinGeometry
{
    public const int Width = 320;
    public const int Right = Width - 62;
    public const int Top = 22;
    public const int RowHeight = 26;
    public const int BarHeight = 9;

    /// <summary>As many as the eye follows; of more, those that changed least are shown as one.</summary>
    public const int MaxBins = 16;

    // An interval between two dates, in letters of 11 pixels, which are about 6 wide.
    private const int MaxLetters = 24;
    private const double Letter = 6.1;

    public BinGeometry(IReadOnlyList<BinShare> bins)
    {
        Bins = Fewer(bins);
        Left = 10 + (int)(Letter * Bins.Select(bin => Short(bin.Bin).Length).Append(4).Max());
        Horizontal = Axis.Over(Bins.SelectMany(bin => new[] { bin.Expected, bin.Actual }), Left, Right, ticks: 3);
    }

    /// <summary>The bins that are drawn.</summary>
    public IReadOnlyList<BinShare> Bins { get; }

    /// <summary>The axis of the shares.</summary>
    public Axis Horizontal { get; }

    /// <summary>Where the bars begin: names are as long as they are, and bars take the rest.</summary>
    public int Left { get; }

    public int Height => Top + Bins.Count * RowHeight + 4;

    /// <summary>The length of a bar.</summary>
    public double Length(double share) => Horizontal.At(share) - Left;

    /// <summary>A name that fits beside the bars.</summary>
    public static string Short(string name) => name.Length <= MaxLetters ? name : $"{name[..(MaxLetters - 1)]}…";

    private static IReadOnlyList<BinShare> Fewer(IReadOnlyList<BinShare> bins)
    {
        // A bin that both sides leave empty says nothing.
        List<BinShare> filled = [.. bins.Where(bin => bin.Expected > 0 || bin.Actual > 0)];
        if (filled.Count <= MaxBins)
            return filled;
        var kept = filled.OrderByDescending(bin => Math.Abs(bin.Difference)).Take(MaxBins - 1).ToHashSet();
        var rest = filled.Where(bin => !kept.Contains(bin)).ToList();
        return
        [
            .. filled.Where(kept.Contains),
            new BinShare(Say.Count(rest.Count, "more bin"), rest.Sum(bin => bin.Expected), rest.Sum(bin => bin.Actual)),
        ];
    }
}
