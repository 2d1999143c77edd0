using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;

namespace Benchmark.Data.Scanning;

/// <summary>Which rows break which row rules.</summary>
internal sealed class RowFindings(int columns)
{
    private readonly BrokenRows _broken = new();
    private readonly ColumnFindings[] _columns = [.. Enumerable.Range(0, columns).Select(_ => new ColumnFindings())];

    /// <summary>Rows without a key, or with the key of an earlier row.</summary>
    public Sightings Key { get; } = new();

    /// <summary>Rows that break any rule, each once.</summary>
    public long BrokenRows => _broken.Count;

    /// <summary>Where a column breaks a rule.</summary>
    public Sightings Of(int column, Breaches rule) => _columns[column].Of(rule);

    public void AddBreach(int column, Breaches breaches, long row, long line)
    {
        _broken.Add(row);
        _columns[column].Add(breaches, line);
    }

    public void AddKeyBreach(long row, long line)
    {
        _broken.Add(row);
        Key.Add(line);
    }

    public void AddUncomparedKeyBreaches(long count, long rows)
    {
        _broken.AddUnlocated(count, rows);
        Key.AddUnlocated(count);
    }
}

/// <summary>Where one column breaks its rules.</summary>
internal sealed class ColumnFindings
{
    private static readonly Breaches[] s_rules = [Breaches.Required, Breaches.Type, Breaches.Range, Breaches.Values];

    private readonly Dictionary<Breaches, Sightings> _sightings =
        s_rules.ToDictionary(rule => rule, _ => new Sightings());

    public Sightings Of(Breaches rule) => _sightings[rule];

    public void Add(Breaches breaches, long line)
    {
        foreach (var rule in s_rules)
        {
            if (breaches.HasFlag(rule))
                _sightings[rule].Add(line);
        }
    }
}
