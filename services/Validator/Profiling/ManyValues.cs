using Benchmark.Validator.Reading;

namespace Benchmark.Validator.Profiling;

/// <summary>All values of a column that has many: 4 bytes each when all are short numbers, 8 when not.</summary>
internal sealed class ManyValues<TOrder>
    where TOrder : struct, IOrdered
{
    private readonly Multiples _multiples;
    private readonly ValueList<long> _keys = new();

    /// <param name="few">The values so far.</param>
    /// <param name="decimals">How many decimals the short numbers among them have at most.</param>
    public ManyValues(FewValues few, int decimals)
    {
        // Later values with more decimals are kept as keys: nearly every column shows all of its decimals early.
        Decimals = decimals;
        var (least, greatest) = (int.MaxValue, int.MinValue);
        few.ForEach(key =>
        {
            if (IsShort(key, out var multiple))
                (least, greatest) = (Math.Min(least, multiple), Math.Max(greatest, multiple));
        });
        _multiples = new Multiples(least, greatest);
        few.ForEachRow(key =>
        {
            if (IsShort(key, out var multiple))
                _multiples.Add(multiple);
            else
                Add(key);
        });
    }

    /// <summary>The power of ten that short numbers are multiples of.</summary>
    public int Decimals { get; }

    /// <summary>Whether all so far were short numbers. Once one is not, all are kept as keys in the end.</summary>
    public bool AreShort { get; private set; } = true;

    public bool TryAdd(ShortNumber number, out int multiple)
    {
        if (!Multiples.TryScale(number, Decimals, out multiple))
            return false;
        _multiples.Add(multiple);
        return true;
    }

    public void Add(long key)
    {
        AreShort = false;
        _keys.Add(key);
    }

    /// <summary>All values in order. Gives up what it holds.</summary>
    public OrderedValues Ordered(SortBuffers buffers)
    {
        if (AreShort)
            return _multiples.Ordered<TOrder>(Decimals, buffers);
        _multiples.MoveTo(multiple => _keys.Add(TOrder.KeyOf(multiple, Decimals)));
        return WideValues<TOrder>.From(_keys, buffers);
    }

    private bool IsShort(long key, out int multiple)
    {
        multiple = (int)Math.Round(TOrder.ToDouble(key) * Multiples.Power(Decimals));
        return TOrder.KeyOf(multiple, Decimals) == key;
    }
}
