
namespace Benchmark.Data.Profiling;

/// <summary>
/// Whole numbers of 4 bytes, in which short numbers are kept as multiples of a power of ten: the upper two bytes say in which of
/// many buckets the lower two are. Where most of those come, they are counted; a bucket is put in order by itself.
/// </summary>
internal sealed class Multiples(MemoryBudget memory)
{
    private const int LowBits = 16;
    // From here on, counters are smaller.
    private const int FewerThanCounters = Counters.Numbers / sizeof(ushort);

    private readonly Chunks _chunks = memory.Chunks;
    private Bucket[] _buckets = [];
    // The upper bytes of the first bucket.
    private int _first;
    private long _sum;
    private UInt128 _squares;

    /// <summary>Buckets, in the order of what is in them; some may be empty.</summary>
    public int Buckets => _buckets.Length;

    /// <summary>Takes some; all or, when there is no memory for them, none.</summary>
    public bool TryAdd(ReadOnlySpan<int> multiples)
    {
        if (multiples.IsEmpty)
            return true;
        var (least, greatest) = Extremes(multiples);
        var (first, last) = (least >> LowBits, greatest >> LowBits);
        // Each bucket may need a chunk more than are full.
        var chunks = multiples.Length / Chunks.Room + Math.Min(multiples.Length, last - first + 1);
        if (!_chunks.TryReserve(chunks))
            return false;
        Widen(first, last);
        foreach (var multiple in multiples)
        {
            ref var bucket = ref _buckets[(multiple >> LowBits) - _first];
            bucket.Count++;
            if (bucket.Dense is { } dense)
                dense.Add((ushort)multiple);
            else
                Put((ushort)multiple, ref bucket, chunks);
        }
        Sum(multiples);
        return true;
    }

    /// <summary>How many are in a bucket.</summary>
    public int CountOf(int bucket) => _buckets[bucket].Count;

    /// <summary>The least that a bucket may have.</summary>
    public int LeastOf(int bucket) => (_first + bucket) << LowBits;

    /// <summary>How many distinct ones a bucket has, and a count that none of them exceeds.</summary>
    public (int Distinct, int Greatest) Tally(int bucket, OpenBucket reader) =>
        reader.Tally(_buckets[bucket].Dense, _chunks, _buckets[bucket].End, _buckets[bucket].Count);

    /// <summary>Puts a bucket in order.</summary>
    /// <param name="before">How many come before it.</param>
    public void Open(int bucket, int before, OpenBucket reader) => Open(_buckets[bucket], LeastOf(bucket), before, reader);

    /// <summary>Mean and sample standard deviation (null below two), from sums without any error; null without any.</summary>
    public (double Mean, double? Stddev)? Moments(double power)
    {
        var count = _buckets.Sum(bucket => (long)bucket.Count);
        if (count == 0)
            return null;
        var distances = (UInt128)count * _squares - (UInt128)((Int128)_sum * _sum);
        double? variance = count < 2 ? null : (double)distances / ((double)count * (count - 1));
        return (_sum / (double)count / power, variance is { } square ? Math.Sqrt(square) / power : null);
    }

    /// <summary>Tells all, bucket by bucket, and gives them up.</summary>
    public void MoveTo(Action<ReadOnlySpan<int>> take)
    {
        var reader = new OpenBucket();
        // Emptied before: who takes them may ask again.
        var (buckets, first) = (_buckets, _first);
        _buckets = [];
        for (var i = 0; i < buckets.Length; i++)
        {
            Open(buckets[i], (first + i) << LowBits, 0, reader);
            reader.ForEach(take);
            _chunks.Release(buckets[i].End);
            buckets[i].Dense?.Release();
            buckets[i] = default;
        }
    }

    private void Open(in Bucket bucket, int least, int before, OpenBucket reader) =>
        reader.Open(bucket.Dense, _chunks, bucket.End, bucket.Count, least, before);

    private static (int Least, int Greatest) Extremes(ReadOnlySpan<int> multiples)
    {
        var (least, greatest) = (multiples[0], multiples[0]);
        foreach (var multiple in multiples)
            (least, greatest) = (Math.Min(least, multiple), Math.Max(greatest, multiple));
        return (least, greatest);
    }

    private void Sum(ReadOnlySpan<int> multiples)
    {
        var (sum, low, high) = (0L, 0UL, 0UL);
        foreach (var multiple in multiples)
        {
            sum += multiple;
            var square = (ulong)((long)multiple * multiple);
            low += square;
            high += low < square ? 1UL : 0;
        }
        _sum += sum;
        _squares += new UInt128(high, low);
    }

    private void Widen(int first, int last)
    {
        if (_buckets.Length == 0)
            _first = first;
        first = Math.Min(first, _first);
        last = Math.Max(last, _first + _buckets.Length - 1);
        if (last - first + 1 == _buckets.Length)
            return;
        var wider = new Bucket[last - first + 1];
        _buckets.CopyTo(wider, _first - first);
        (_buckets, _first) = (wider, first);
    }

    private void Put(ushort low, ref Bucket bucket, int reserved)
    {
        if (bucket.End % Chunks.Stride == 0)
        {
            // It leaves more chunks than it takes, and takes them first.
            if (bucket.Count > FewerThanCounters && _chunks.TryReserve(reserved + DenseBucket.Size))
            {
                Count(ref bucket).Add(low);
                return;
            }
            bucket.End = _chunks.Take(bucket.End == 0 ? Chunks.None : bucket.End / Chunks.Stride - 1);
        }
        _chunks.Put(bucket.End++, low);
    }

    private DenseBucket Count(ref Bucket bucket)
    {
        var dense = bucket.Dense = new DenseBucket(_chunks);
        for (var end = bucket.End; end > 0;)
            dense.Add(_chunks.Read(ref end));
        _chunks.Release(bucket.End);
        bucket.End = 0;
        return dense;
    }

    /// <summary>The numbers of two bytes that stand behind the same two.</summary>
    private struct Bucket
    {
        public int Count;
        // The place behind the last in the chunks; 0 when there is none.
        public int End;
        public DenseBucket? Dense;
    }
}
