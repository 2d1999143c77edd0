namespace Benchmark.Data.Profiling;

/// <summary>Distinct values in order, each once, with how many values there are up to and with each.</summary>
internal abstract class OrderedValues
{
    /// <summary>How many there are.</summary>
    public abstract int Distinct { get; }

    /// <summary>The key of a value.</summary>
    public abstract long Key(int index);

    /// <summary>The number that stands for a value; grows with the index.</summary>
    public abstract double Number(int index);

    /// <summary>How many values come up to and with each one from an index on; of one at least, perhaps not of all.</summary>
    public abstract ReadOnlySpan<int> UpTo(int from);

    /// <summary>The number at a place among all values, from 0.</summary>
    public abstract double At(long rank);

    /// <summary>Index of the first number that satisfies a condition which all later ones satisfy, too.</summary>
    public abstract int First(Func<double, bool> condition);

    /// <summary>An index, not below the first, before which none from there on comes more than so many times.</summary>
    public abstract int Next(int from, long count);

    /// <summary>Mean, and sample standard deviation (null below two values), of the finite values; null without any.</summary>
    public abstract (double Mean, double? Stddev)? Moments();

    /// <summary>How many values come before this one.</summary>
    public abstract int CountBefore(int index);

    public int CountOf(int index) => UpTo(index)[0] - CountBefore(index);

    /// <summary>The first of some indexes that satisfies a condition which all later ones satisfy, too; else the one behind.</summary>
    protected static int Lowest(int low, int high, Func<int, bool> condition)
    {
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (condition(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
