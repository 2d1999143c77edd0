namespace Benchmark.Fetcher.Tests.Snowflake.Emulator;

/// <summary>What is to go wrong, how often, and how often it did.</summary>
internal sealed class Faults
{
    public const int ForEver = int.MaxValue;

    private readonly Lock _lock = new();
    private readonly Dictionary<Fault, (int Left, string Within, int Chunk)> _planned = [];
    private readonly Dictionary<Fault, int> _struck = [];

    /// <summary>
    /// Only queries with <paramref name="within"/> in their text suffer it, and of the chunks only
    /// <paramref name="chunk"/>.
    /// </summary>
    public void Plan(Fault fault, int times = 1, string within = "", int chunk = 0)
    {
        lock (_lock)
            _planned[fault] = (times, within, chunk);
    }

    public bool Strikes(Fault fault, string sql, int chunk = 0)
    {
        lock (_lock)
        {
            if (!_planned.TryGetValue(fault, out var plan) || plan.Left == 0 || plan.Chunk != chunk
                || !sql.Contains(plan.Within, StringComparison.Ordinal))
                return false;
            if (plan.Left != ForEver)
                _planned[fault] = plan with { Left = plan.Left - 1 };
            _struck[fault] = _struck.GetValueOrDefault(fault) + 1;
            return true;
        }
    }

    public int Struck(Fault fault)
    {
        lock (_lock)
            return _struck.GetValueOrDefault(fault);
    }
}
