using Benchmark.Data.Profiling;
using Benchmark.Data.Reading;

namespace Benchmark.Data.Scanning;

/// <summary>Which rows break which row rules.</summary>
public sealed class RowFindings
{
    private readonly BrokenRows _broken = new();

    internal RowFindings(IReadOnlyList<ColumnPlan> plans) => Columns = [.. plans.Select(p => new ColumnFindings(p))];

    /// <summary>For each column, in file order.</summary>
    public IReadOnlyList<ColumnFindings> Columns { get; }

    /// <summary>Rows without a key, or with the key of an earlier row.</summary>
    public Sightings Key { get; } = new();

    /// <summary>Rows that break any rule, each once.</summary>
    public long BrokenRows => _broken.Count;

    internal void AddBreach(int column, Breaches breaches, long row, long line)
    {
        _broken.Add(row);
        Columns[column].Add(breaches, line);
    }

    internal void AddKeyBreach(long row, long line)
    {
        _broken.Add(row);
        Key.Add(line);
    }

    internal void AddUncomparedKeyBreaches(long count, long rows)
    {
        _broken.AddUnlocated(count, rows);
        Key.AddUnlocated(count);
    }
}

/// <summary>Where one column breaks its rules.</summary>
public sealed class ColumnFindings
{
    private static readonly Breaches[] s_rules = [Breaches.Required, Breaches.Type, Breaches.Range, Breaches.Values];

    private readonly Dictionary<Breaches, Sightings> _sightings =
        s_rules.ToDictionary(rule => rule, _ => new Sightings());

    internal ColumnFindings(ColumnPlan plan) => Plan = plan;

    /// <summary>What the column is examined for.</summary>
    public ColumnPlan Plan { get; }

    /// <summary>Why the registry's range cannot be applied; null when it can.</summary>
    public string? RangeProblem { get; internal set; }

    /// <summary>Why the registry's allowed values cannot be applied; null when they can.</summary>
    public string? ValuesProblem { get; internal set; }

    /// <summary>
    /// Why the special codes, edges or groups that people chose cannot be used; null when they can.
    /// </summary>
    public string? BinsProblem { get; internal set; }

    /// <summary>Where one rule is broken.</summary>
    public Sightings Of(Breaches rule) => _sightings[rule];

    internal void Add(Breaches breaches, long line)
    {
        foreach (var rule in s_rules)
        {
            if (breaches.HasFlag(rule))
                _sightings[rule].Add(line);
        }
    }
}
