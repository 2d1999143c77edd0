using Benchmark.Data.Dialect;

namespace Benchmark.Data.Profiling;

/// <summary>
/// The values of a column that has many: all of them, 2 bytes each when all are short numbers, 8 when not; a summary of them
/// when there is no memory for that.
/// </summary>
internal sealed class ManyValues<TOrder>
    where TOrder : struct, IOrdered
{
    private const int Some = 1024;
    // 32 KiB: what is partitioned at a time.
    private const int Recent = 1 << 13;

    private readonly MemoryBudget _memory;
    private readonly ValueList<int> _recent;
    private readonly Multiples _multiples;
    private readonly ValueList<long> _keys;
    private long _taken;

    /// <param name="few">The values so far.</param>
    /// <param name="decimals">How many decimals the short numbers among them have at most.</param>
    /// <param name="memory">What all columns share.</param>
    public ManyValues(FewValues few, int decimals, MemoryBudget memory)
    {
        _memory = memory;
        _recent = new ValueList<int>(Recent, absorb: some => (Summary is not null || some.Length == Recent) && Take(some));
        _multiples = new Multiples(memory);
        _keys = new ValueList<long>(absorb: TrySummarise);
        // Later values with more decimals are kept as keys: nearly every column shows all of its decimals early.
        Decimals = decimals;
        few.ForEachRow(key =>
        {
            if (IsShort(key, out var multiple))
                _recent.Add(multiple);
            else
                Add(key);
        });
    }

    /// <summary>The power of ten that short numbers are multiples of.</summary>
    public int Decimals { get; }

    /// <summary>Whether all so far were short numbers. Once one is not, all are kept as keys in the end.</summary>
    public bool AreShort { get; private set; } = true;

    /// <summary>What is kept instead of the values; null while all of them are kept.</summary>
    public ValueSummary<TOrder>? Summary { get; private set; }

    public bool TryAdd(ShortNumber number, out int multiple)
    {
        if (!ShortNumber.TryScale(number, Decimals, out multiple))
            return false;
        _recent.Add(multiple);
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
        // So few are in order sooner than parted.
        if (Summary is null && _multiples.Buckets == 0)
        {
            if (AreShort)
                return WideValues<TOrder>.From(_recent, Decimals, buffers);
            _recent.TryEmptyInto(AddAll);
        }
        _recent.TryEmptyInto(Take);
        if (AreShort && Summary is null)
            return new NarrowValues<TOrder>(_multiples, Decimals, buffers);
        _multiples.MoveTo(multiples => AddAll(multiples));
        if (Summary is null)
            return WideValues<TOrder>.From(_keys, buffers);
        _keys.TryEmptyInto(TrySummarise);
        return Summary.Ordered();

        bool AddAll(ReadOnlySpan<int> multiples)
        {
            foreach (var multiple in multiples)
                _keys.Add(TOrder.KeyOf(multiple, Decimals));
            return true;
        }
    }

    private bool Take(ReadOnlySpan<int> multiples)
    {
        if (Summary is null && !_multiples.TryAdd(multiples))
            BeginSummary();
        if (Summary is not null)
            Summarise(multiples);
        return true;
    }

    private bool TrySummarise(ReadOnlySpan<long> keys)
    {
        if (TryKeep(keys.Length * sizeof(long)))
            return false;
        Summary!.Add(keys);
        return true;
    }

    // Once there is no room for all, there is no use in keeping some.
    private bool TryKeep(long bytes)
    {
        if (Summary is not null)
            return false;
        // Sorting takes another array, and the rank of each.
        if (_memory.TryTake(bytes, sorting: (_taken + bytes) * 5 / 2))
        {
            _taken += bytes;
            return true;
        }
        BeginSummary();
        return false;
    }

    private void BeginSummary()
    {
        Summary = new ValueSummary<TOrder>();
        _multiples.MoveTo(Summarise);
        _keys.Drain(block => Summary.Add(block.Span));
        _memory.GiveBack(_taken);
    }

    private void Summarise(ReadOnlySpan<int> multiples)
    {
        Span<long> keys = stackalloc long[Some];
        while (!multiples.IsEmpty)
        {
            var some = multiples[..Math.Min(Some, multiples.Length)];
            for (var i = 0; i < some.Length; i++)
                keys[i] = TOrder.KeyOf(some[i], Decimals);
            Summary!.Add(keys[..some.Length]);
            multiples = multiples[some.Length..];
        }
    }

    private bool IsShort(long key, out int multiple)
    {
        multiple = (int)Math.Round(TOrder.ToDouble(key) * ShortNumber.Power(Decimals));
        return TOrder.KeyOf(multiple, Decimals) == key;
    }
}
