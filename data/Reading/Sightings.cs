namespace Benchmark.Data.Reading;

/// <summary>How often something was seen, and the first few lines where.</summary>
public sealed class Sightings
{
    private const int Samples = 5;

    private readonly List<long> _lines = new(Samples);

    public long Count { get; private set; }

    public IReadOnlyList<long> Lines => _lines;

    /// <summary>Counts some more, of which it is not known where.</summary>
    public void AddElsewhere(long count) => Count += count;

    public void Add(long line)
    {
        Count++;
        if (_lines.Count < Samples)
            _lines.Add(line);
    }
}
