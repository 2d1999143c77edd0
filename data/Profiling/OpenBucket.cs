using System.Diagnostics.CodeAnalysis;

namespace Benchmark.Data.Profiling;

/// <summary>One bucket's multiples in order, each once; the next takes its place.</summary>
internal sealed class OpenBucket
{
    // Of fewer, sorting is faster than to look for them among all that may be there.
    private const int Few = 64;

    private int[] _multiples = [];
    private int[] _upTo = [];
    private Counters? _counters;
    private int _before;

    /// <summary>The distinct multiples.</summary>
    public ReadOnlySpan<int> Multiples => _multiples.AsSpan(0, Distinct);

    /// <summary>For each, how many come up to and with it, those of earlier buckets included.</summary>
    public ReadOnlySpan<int> UpTo => _upTo.AsSpan(0, Distinct);

    private int Distinct { get; set; }

    /// <summary>How many distinct ones a bucket has, and a count that none of them exceeds.</summary>
    public (int Distinct, int Greatest) Tally(DenseBucket? dense, Chunks chunks, int end, int count)
    {
        if (count <= Few)
        {
            Sort(chunks, end, count, 0, 0);
            return (Distinct, Greatest());
        }
        Count(dense, chunks, end);
        var tally = _counters.Tally();
        _counters.Clear();
        return tally;
    }

    /// <summary>Puts a bucket in order.</summary>
    public void Open(DenseBucket? dense, Chunks chunks, int end, int count, int first, int before)
    {
        _before = before;
        if (count <= Few)
        {
            Sort(chunks, end, count, first, before);
            return;
        }
        Count(dense, chunks, end);
        Distinct = _counters.Tally().Distinct;
        MakeRoom(Distinct);
        _counters.Read(first, before, _multiples, _upTo);
        _counters.Clear();
    }

    /// <summary>Tells all multiples, each as often as it came.</summary>
    public void ForEach(Action<ReadOnlySpan<int>> take)
    {
        var some = new int[1024];
        var used = 0;
        for (var (i, place) = (0, _before); i < Distinct; i++)
        {
            for (; place < _upTo[i]; place++)
            {
                some[used++] = _multiples[i];
                if (used < some.Length)
                    continue;
                take(some);
                used = 0;
            }
        }
        take(some.AsSpan(0, used));
    }

    [MemberNotNull(nameof(_counters))]
    private void Count(DenseBucket? dense, Chunks chunks, int end)
    {
        _counters ??= new Counters();
        dense?.CopyTo(_counters);
        while (end > 0)
            _counters.Add(chunks.Read(ref end));
    }

    private void Sort(Chunks chunks, int end, int count, int first, int before)
    {
        Span<ushort> numbers = stackalloc ushort[count];
        for (var free = numbers; end > 0;)
        {
            var some = chunks.Read(ref end);
            some.CopyTo(free);
            free = free[some.Length..];
        }
        numbers.Sort();
        MakeRoom(count);
        Distinct = 0;
        for (var i = 0; i < count; i++)
        {
            Distinct += i > 0 && numbers[i] == numbers[i - 1] ? 0 : 1;
            (_multiples[Distinct - 1], _upTo[Distinct - 1]) = (first + numbers[i], before + i + 1);
        }
    }

    private int Greatest()
    {
        var (greatest, before) = (0, 0);
        foreach (var upTo in UpTo)
            (greatest, before) = (Math.Max(greatest, upTo - before), upTo);
        return greatest;
    }

    private void MakeRoom(int distinct)
    {
        if (_multiples.Length >= distinct)
            return;
        _multiples = new int[Math.Max(distinct, 2 * _multiples.Length)];
        _upTo = new int[_multiples.Length];
    }
}
