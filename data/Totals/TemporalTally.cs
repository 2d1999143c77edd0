using System.Globalization;
using System.Numerics;
using Benchmark.Data.Dialect;

namespace Benchmark.Data.Totals;

/// <summary>Adds up dates in days, times and timestamps in whole microseconds, each rounded down.</summary>
internal sealed class TemporalTally<TGrammar>(long keysPerUnit) : Tally
    where TGrammar : struct, IOrderedGrammar
{
    private Int128 _total;

    public override string Total(Measure measure) => ((BigInteger)_total).ToString(CultureInfo.InvariantCulture);

    protected override void Add(ReadOnlySpan<byte> value)
    {
        if (TGrammar.Parse(value, out var key) is not Parsed.Exact)
            throw new FormatException("A date or time is not in the dialect's form.");
        _total += Floor(key, keysPerUnit);
    }

    private static long Floor(long key, long divisor) => (key - (key % divisor + divisor) % divisor) / divisor;
}
