namespace Benchmark.Data.Reading;

/// <summary>How often something was seen, and the first few lines where.</summary>
public sealed class Sightings
{
    private const int Samples = 5;

    private readonly List<long> _lines = new(Samples);

    /// <summary>How often it was seen.</summary>
    public long Count { get; private set; }

    /// <summary>The first five lines, the header being line 1.</summary>
    public IReadOnlyList<long> Lines => _lines;

    /// <summary>Counts some more, of which it is not known where.</summary>
    public void AddElsewhere(long count) => Count += count;

    /// <summary>Counts one on a line.</summary>
    public void Add(long line)
    {
        Count++;
        if (_lines.Count < Samples)
            _lines.Add(line);
    }
}
