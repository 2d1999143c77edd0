namespace Benchmark.Data.Reading;

/// <summary>How often something occurred, and the first few lines on which it did.</summary>
internal sealed class Sightings
{
    private const int Samples = 5;

    private readonly List<long> _lines = new(Samples);

    /// <summary>Number of occurrences.</summary>
    public long Count { get; private set; }

    /// <summary>What was found so far.</summary>
    /// <param name="problem">What is wrong.</param>
    public Finding Found(string? problem = null) => new() { Count = Count, Lines = _lines, Problem = problem };

    /// <summary>Counts occurrences whose lines are unknown.</summary>
    public void AddUnlocated(long count) => Count += count;

    /// <summary>Counts one occurrence.</summary>
    public void Add(long line)
    {
        Count++;
        if (_lines.Count < Samples)
            _lines.Add(line);
    }
}
