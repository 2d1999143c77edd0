namespace Benchmark.Notifier.Pages.Charts;

/// <summary>What a chart of expected and actual shares shows.</summary>
public sealed record BinChartData
{
    /// <summary>What it shows, for those who see it and for those who hear it.</summary>
    public required string Title { get; init; }

    /// <summary>What there is to see in it, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What the expected shares are of: <c>version 6</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>What the actual shares are of.</summary>
    public required string Actual { get; init; }

    /// <summary>The bins in their order.</summary>
    public required IReadOnlyList<BinShare> Bins { get; init; }
}

/// <summary>The shares of a bin.</summary>
/// <param name="Bin">Its name.</param>
/// <param name="Expected">Its share of the version that was compared with.</param>
/// <param name="Actual">Its share of the data.</param>
public sealed record BinShare(string Bin, double Expected, double Actual)
{
    /// <summary>How the share has changed: above 0 it has grown.</summary>
    public double Difference => Actual - Expected;
}
