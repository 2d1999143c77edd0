using System.Numerics;

namespace Benchmark.Data.Profiling;

/// <summary>
/// Estimates in 16 KiB how many distinct values there are, to about 1 %: HyperLogLog (Flajolet et al. 2007).
/// </summary>
internal sealed class DistinctSketch
{
    private const int IndexBits = 14;
    private const int Registers = 1 << IndexBits;

    private readonly byte[] _registers = new byte[Registers];

    /// <summary>Adds a value by its 64-bit hash.</summary>
    public void Add(ulong hash)
    {
        var register = hash >> (64 - IndexBits);
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1);
        if (rank > _registers[register])
            _registers[register] = rank;
    }

    public long Estimate()
    {
        var sum = 0.0;
        var empty = 0;
        foreach (var rank in _registers)
        {
            sum += Math.ScaleB(1, -rank);
            empty += rank == 0 ? 1 : 0;
        }
        var estimate = 0.7213 / (1 + 1.079 / Registers) * Registers * Registers / sum;
        // With few values, empty registers say more than ranks do.
        if (estimate <= 2.5 * Registers && empty > 0)
            estimate = Registers * Math.Log((double)Registers / empty);
        return (long)Math.Round(estimate);
    }
}
