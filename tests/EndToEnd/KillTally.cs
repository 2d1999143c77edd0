using System.Globalization;

namespace Benchmark.EndToEnd.Tests;

/// <summary>What was killed and what came of it, in numbers.</summary>
internal sealed record KillTally
{
    public SortedDictionary<string, int> Kills { get; } = new(StringComparer.Ordinal);

    public int Runs { get; set; }

    public int Models { get; set; }

    /// <summary>Models of a run without an outcome, or with another than a healthy source leads to.</summary>
    public int Lost { get; set; }

    public int DuplicatedVersions { get; set; }

    public int DuplicatedReports { get; set; }

    /// <summary>Attempts and temporary files that killed processes left for the sweep.</summary>
    public int LeftOvers { get; set; }

    public long Reads { get; set; }

    public TimeSpan Time { get; set; }

    public void Killed(string what) => Kills[what] = Kills.GetValueOrDefault(what) + 1;

    public void Add(KillTally round)
    {
        foreach (var (what, times) in round.Kills)
            Kills[what] = Kills.GetValueOrDefault(what) + times;
        Runs += round.Runs;
        Models += round.Models;
        Lost += round.Lost;
        Reads += round.Reads;
        Time += round.Time;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"kills {Kills.Values.Sum()} ({string.Join(", ", Kills.Select(kill => $"{kill.Key} {kill.Value}"))}), runs "
        + $"{Runs}, "
        + $"models {Models}, lost {Lost}, duplicated versions {DuplicatedVersions}, duplicated reports "
        + $"{DuplicatedReports}, "
        + $"left over {LeftOvers}, reads {Reads}, {Time.TotalSeconds:0} s");
}
