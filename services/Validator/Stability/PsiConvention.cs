namespace Benchmark.Validator.Stability;

/// <summary>How PSI treats a bin that is empty on one side: where the tools differ on equal inputs.</summary>
/// <param name="Name">The name in profiles, reports and on the command line.</param>
/// <param name="Shares">The two shares of a bin that enter the sum.</param>
public sealed record PsiConvention(string Name, Func<BinRows, BinShares> Shares)
{
    private const double ShareOfNothing = 0.0001;

    /// <summary>The default: a share of zero becomes 0.0001, without renormalisation.</summary>
    public static PsiConvention Benchmark { get; } = new("benchmark/1", ReplaceZero);

    private static BinShares ReplaceZero(BinRows bin)
    {
        var shares = bin.Shares;
        // Empty on both sides says nothing about either.
        return bin is { Expected: 0, Actual: 0 }
            ? shares
            : new BinShares(OrAlmostNothing(shares.Expected), OrAlmostNothing(shares.Actual));
    }

    private static double OrAlmostNothing(double share) => share == 0 ? ShareOfNothing : share;
}

/// <summary>Rows of one bin on both sides, among all rows.</summary>
public readonly record struct BinRows(long Expected, long ExpectedTotal, long Actual, long ActualTotal)
{
    /// <summary>The shares as they are.</summary>
    public BinShares Shares => new((double)Expected / ExpectedTotal, (double)Actual / ActualTotal);
}

/// <summary>Shares of one bin on both sides.</summary>
public readonly record struct BinShares(double Expected, double Actual);
