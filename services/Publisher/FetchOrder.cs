using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>Which of two fetches of a model began later.</summary>
internal static class FetchOrder
{
    /// <summary>
    /// Whether what is served was fetched after this. By the clock of the volume, which is one for all machines;
    /// without it by those of the Fetchers. A time that has yet to come is of a clock that was wrong, and does not
    /// count.
    /// </summary>
    public static bool IsBefore(this StagedFacts staged, Manifest served, DateTimeOffset now)
    {
        var (begun, servedBegun) = staged.VolumeTime is { } ours && served.VolumeTime is { } theirs
            ? (ours, theirs) : (staged.FetchedAt, served.RefreshedAt);
        return begun < servedBegun && !DueRefresh.IsYetToCome(servedBegun, now);
    }
}
