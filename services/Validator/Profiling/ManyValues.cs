using System.Text;

namespace Benchmark.Validator.Profiling;

/// <summary>All values of a column that has many: 4 bytes a row where they are short numbers, 8 where they are not.</summary>
internal sealed class ManyValues<TOrder>
    where TOrder : struct, IOrdered
{
    private readonly Multiples _multiples;
    private readonly ValueList<long> _keys = new();

    /// <param name="few">The values so far.</param>
    /// <param name="spelled">How each of them is spelled.</param>
    public ManyValues(FewValues few, IReadOnlyDictionary<long, string> spelled)
    {
        var numbers = Short(spelled);
        // Later values with more decimals are kept as keys: nearly every column shows all of its decimals here.
        Decimals = numbers.Count == 0 ? 0 : numbers.Values.Max(number => number.Decimals);
        Dictionary<long, int> multiples = [];
        foreach (var (key, number) in numbers)
        {
            if (Multiples.TryScale(number, Decimals, out var multiple))
                multiples.Add(key, multiple);
        }
        _multiples = multiples.Count == 0 ? new(0, 0) : new(multiples.Values.Min(), multiples.Values.Max());
        few.MoveTo(key =>
        {
            if (multiples.TryGetValue(key, out var multiple))
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

    private static Dictionary<long, ShortNumber> Short(IReadOnlyDictionary<long, string> spelled)
    {
        Dictionary<long, ShortNumber> numbers = [];
        foreach (var (key, text) in spelled)
        {
            if (TOrder.TryParseShort(Encoding.UTF8.GetBytes(text), out var number))
                numbers.Add(key, number);
        }
        return numbers;
    }
}
