namespace Benchmark.Data.Reading;

/// <summary>How often something occurred, and the first few lines on which it did.</summary>
public sealed class Sightings
{
    private const int Samples = 5;

    private readonly List<long> _lines = new(Samples);

    /// <summary>Number of occurrences.</summary>
    public long Count { get; private set; }

    /// <summary>The first five lines, the header being line 1.</summary>
    public IReadOnlyList<long> Lines => _lines;

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
