using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Benchmark.Data.Profiling;

/// <summary>How often each number of 16 bits came: a byte for each, and what a byte cannot hold apart.</summary>
internal sealed class Counters
{
    /// <summary>How many numbers there may be.</summary>
    public const int Numbers = 1 << 16;

    private readonly byte[] _counts = new byte[Numbers];
    // How often a byte was full and began again at 1: one that stands at 0 was never counted.
    private readonly Dictionary<int, int> _full = [];

    /// <summary>Begins a full byte again.</summary>
    public static void Empty(ref byte count, int number, Dictionary<int, int> full)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(full, number, out _)++;
        count = 0;
    }

    public void Add(ReadOnlySpan<ushort> numbers)
    {
        foreach (var number in numbers)
        {
            ref var count = ref _counts[number];
            if (count == byte.MaxValue)
                Empty(ref count, number, _full);
            count++;
        }
    }

    /// <summary>Takes the bytes of some numbers.</summary>
    public void Set(int first, ReadOnlySpan<byte> counts) => counts.CopyTo(_counts.AsSpan(first));

    /// <summary>Takes how often which bytes were full.</summary>
    public void SetFull(Dictionary<int, int> full)
    {
        foreach (var (number, times) in full)
            _full.Add(number, times);
    }

    /// <summary>How many distinct numbers there are, and a count that none of them exceeds.</summary>
    public (int Distinct, int Greatest) Tally()
    {
        var distinct = 0;
        var greatest = Vector256<byte>.Zero;
        for (var at = 0; at < Numbers; at += Vector256<byte>.Count)
        {
            var counts = Vector256.Create(_counts, at);
            distinct += BitOperations.PopCount(Present(counts));
            greatest = Vector256.Max(greatest, counts);
        }
        if (_full.Count > 0)
            return (distinct, int.MaxValue);
        var most = 0;
        for (var i = 0; i < Vector256<byte>.Count; i++)
            most = Math.Max(most, greatest[i]);
        return (distinct, most);
    }

    /// <summary>Tells the numbers in order, each once, and how many there are up to and with each.</summary>
    /// <param name="first">What the number 0 stands for.</param>
    /// <param name="before">How many come before them.</param>
    /// <param name="multiples">What they stand for.</param>
    /// <param name="upTo">For each.</param>
    public void Read(int first, int before, Span<int> multiples, Span<int> upTo)
    {
        var index = 0;
        for (var at = 0; at < Numbers; at += Vector256<byte>.Count)
        {
            for (var present = Present(Vector256.Create(_counts, at)); present != 0; present &= present - 1)
            {
                var number = at + BitOperations.TrailingZeroCount(present);
                before = checked(before + _counts[number]);
                if (_full.Count > 0)
                    before = checked(before + _full.GetValueOrDefault(number) * byte.MaxValue);
                (multiples[index], upTo[index++]) = (first + number, before);
            }
        }
    }

    public void Clear()
    {
        Array.Clear(_counts);
        _full.Clear();
    }

    private static uint Present(Vector256<byte> counts) =>
        ~Vector256.Equals(counts, Vector256<byte>.Zero).ExtractMostSignificantBits();
}
