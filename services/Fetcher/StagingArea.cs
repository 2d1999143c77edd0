using System.Globalization;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

/// <summary>The attempts at one model's refreshes: finding, claiming, completing and removing them.</summary>
internal sealed class StagingArea(ModelPaths paths, ILogger logger)
{
    /// <summary>How long an attempt is kept; longer than any run.</summary>
    public static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(2);

    /// <summary>How often the broker may take a request back before it is refused.</summary>
    public const int MostTimesTakenBack = 3;

    /// <summary>
    /// What an earlier delivery of the same refresh staged completely, also when it was rejected since; null when none
    /// did.
    /// </summary>
    public StagedFacts? FindComplete(Guid runId)
    {
        // Fetched again, it might be published under a run that has told everybody of a rejection.
        if (Complete(paths.Rejected(runId)) is { } rejected)
            return rejected;
        return DirectoryEntries.Of(paths.StagingArea, $"{runId}-")
            .Select(directory => Attempt(directory, runId))
            .OrderDescending()
            .Select(attempt => Complete(paths.Staging(runId, attempt)))
            .FirstOrDefault(facts => facts is not null);
    }

    /// <summary>Creates the directory of the next attempt; of two concurrent deliveries only one gets it.</summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public StagingAttempt Claim(Guid runId)
    {
        Directory.CreateDirectory(paths.StagingArea);
        for (var attempt = 1; ; attempt++)
        {
            var staged = paths.Staging(runId, attempt);
            if (Posix.TryCreateDirectory(staged.Directory))
                return new StagingAttempt(staged, attempt, Posix.ModifiedAt(staged.Directory), Remove);
        }
    }

    /// <summary>How often the broker has taken the request of a run back, from any Fetcher.</summary>
    public int TimesTakenBack(Guid runId) => DirectoryEntries.Of(paths.StagingArea, TakenBackOf(runId)).Count();

    /// <summary>Notes that it has done so once more; removed like any leftover.</summary>
    /// <returns>How often by now.</returns>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public int TakeBack(Guid runId)
    {
        Directory.CreateDirectory(paths.StagingArea);
        var times = TimesTakenBack(runId) + 1;
        Posix.TryCreateDirectory(Path.Combine(
            paths.StagingArea, string.Create(CultureInfo.InvariantCulture, $"{TakenBackOf(runId)}{times}")));
        return times;
    }

    /// <summary>Removes what killed processes left behind, never what belongs to the run at hand.</summary>
    public void Sweep(Guid currentRun, DateTimeOffset now)
    {
        foreach (var directory in DirectoryEntries.Of(paths.StagingArea))
        {
            var ofCurrentRun = Path.GetFileName(directory).StartsWith($"{currentRun}-", StringComparison.Ordinal);
            if (!ofCurrentRun && now - Directory.GetLastWriteTimeUtc(directory) > LeftoverAge)
                Remove(directory);
        }
    }

    private static string TakenBackOf(Guid runId) => $"{runId}-taken-back-";

    private static int Attempt(string directory, Guid runId) =>
        int.TryParse(Path.GetFileName(directory)[(runId.ToString().Length + 1)..], NumberStyles.None,
            CultureInfo.InvariantCulture, out var attempt) ? attempt : 0;

    private static StagedFacts? Complete(StagedPaths staged)
    {
        if (!Posix.Exists(staged.Facts) || Posix.Identity(staged.Data) is not { } data)
            return null;
        var facts = VolumeJson.Read<StagedFacts>(staged.Facts);
        return facts.Bytes == data.Bytes ? facts : null;
    }

    private void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Leftovers are harmless: without staged.json they are incomplete, and a later sweep removes them.
            logger.LeftoverKept(directory, e);
        }
    }
}

/// <summary>A directory that is being filled; removed when it is disposed of incomplete.</summary>
internal sealed class StagingAttempt(
    StagedPaths paths, int number, DateTimeOffset claimedAt, Action<string> remove) : IDisposable
{
    private bool _complete;

    public StagedPaths Paths => paths;

    /// <summary>From 1.</summary>
    public int Number => number;

    /// <summary>When its directory was made, by the clock of the volume.</summary>
    public DateTimeOffset ClaimedAt => claimedAt;

    /// <summary>Writes staged.json, the last step, which makes the attempt complete.</summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public void Complete(StagedFacts facts)
    {
        VolumeJson.Write(paths.Facts, facts);
        _complete = true;
    }

    public void Dispose()
    {
        if (!_complete)
            remove(paths.Directory);
    }
}
