using System.Globalization;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

/// <summary>The attempts at one model's refreshes: finding, claiming, completing and removing them.</summary>
internal sealed class StagingArea(ModelPaths paths, ILogger logger)
{
    /// <summary>How long an attempt is left alone; no run lasts as long.</summary>
    public static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(2);

    /// <summary>What an earlier delivery of the same refresh staged completely; null when none did.</summary>
    public StagedFacts? FindComplete(Guid runId)
    {
        if (!Directory.Exists(paths.StagingArea))
            return null;
        return Directory.EnumerateDirectories(paths.StagingArea, $"{runId}-*")
            .Select(directory => Attempt(directory, runId))
            .OrderDescending()
            .Select(attempt => Complete(paths.Staging(runId, attempt)))
            .FirstOrDefault(facts => facts is not null);
    }

    /// <summary>Makes the directory of the next attempt; only one of two deliveries at once can have it.</summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public (StagedPaths Paths, int Attempt) Claim(Guid runId)
    {
        Directory.CreateDirectory(paths.StagingArea);
        for (var attempt = 1; ; attempt++)
        {
            var staged = paths.Staging(runId, attempt);
            if (Posix.TryCreateDirectory(staged.Directory))
                return (staged, attempt);
        }
    }

    /// <summary>Writes the facts, the last thing of all: from here on the attempt counts as complete.</summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public static void Complete(StagedPaths staged, StagedFacts facts) => VolumeJson.Write(staged.Facts, facts);

    /// <summary>Removes an attempt that did not come to its end.</summary>
    public void Discard(StagedPaths staged) => Remove(staged.Directory);

    /// <summary>Removes what killed processes left behind, never what belongs to the run at hand.</summary>
    public void Sweep(Guid currentRun, DateTimeOffset now)
    {
        if (!Directory.Exists(paths.StagingArea))
            return;
        foreach (var directory in Directory.EnumerateDirectories(paths.StagingArea))
        {
            var mine = Path.GetFileName(directory).StartsWith($"{currentRun}-", StringComparison.Ordinal);
            if (!mine && now - Directory.GetLastWriteTimeUtc(directory) > LeftoverAge)
                Remove(directory);
        }
    }

    private static int Attempt(string directory, Guid runId) =>
        int.TryParse(Path.GetFileName(directory)[(runId.ToString().Length + 1)..], NumberStyles.None,
            CultureInfo.InvariantCulture, out var attempt) ? attempt : 0;

    private static StagedFacts? Complete(StagedPaths staged)
    {
        if (!File.Exists(staged.Facts) || new FileInfo(staged.Data) is not { Exists: true } data)
            return null;
        var facts = VolumeJson.Read<StagedFacts>(staged.Facts);
        return facts.Bytes == data.Length ? facts : null;
    }

    private void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left-overs harm nobody: without staged.json they are not complete, and a later sweep removes them.
            logger.LeftoverKept(directory, e);
        }
    }
}
