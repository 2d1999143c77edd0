using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

/// <summary>The attempts at one model's refreshes: finding, claiming, completing and removing them.</summary>
internal sealed class StagingArea(ModelKey model, VolumeLayout volume, ILogger logger)
{
    private readonly ModelPaths _paths = volume.Model(model);

    /// <summary>How often the broker may take a request back before it is refused.</summary>
    public const int MostTimesTakenBack = 3;

    /// <summary>Creates the directory of the next attempt; of two concurrent deliveries only one gets it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="earlier">
    /// What an earlier delivery of the same refresh has staged completely, also if it was rejected since: fetched
    /// again, it might be published under a run that has told everybody of a rejection.
    /// </param>
    /// <returns>Null when there is such an earlier one.</returns>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public StagingAttempt? TryClaim(Guid runId, out StagedFacts? earlier)
    {
        earlier = null;
        for (var attempt = 1; ; attempt++)
        {
            var staged = _paths.Staging(runId, attempt);
            if (TryCreate(staged.Directory))
                return new StagingAttempt(staged, attempt, Remove);
            // Looked for only here: mostly this is the first delivery, and every look is a round trip. What was
            // rejected has left its directory.
            if (attempt == 1 && (earlier = FindComplete(runId) ?? Complete(_paths.Rejected(runId))) is not null)
                return null;
        }
    }

    /// <summary>How often the broker has taken the request of a run back, from any Fetcher.</summary>
    public int TimesTakenBack(Guid runId) => DirectoryEntries.Of(_paths.StagingArea, TakenBackOf(runId)).Count();

    /// <summary>Notes that it has done so once more; removed like any leftover.</summary>
    /// <returns>How often by now.</returns>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public int TakeBack(Guid runId)
    {
        Directory.CreateDirectory(_paths.StagingArea);
        var times = TimesTakenBack(runId) + 1;
        Posix.TryCreateDirectory(Path.Combine(
            _paths.StagingArea, string.Create(CultureInfo.InvariantCulture, $"{TakenBackOf(runId)}{times}")));
        return times;
    }

    private bool TryCreate(string directory)
    {
        try
        {
            return Posix.TryCreateDirectory(directory);
        }
        catch (IOException) when (!Posix.Exists(_paths.StagingArea))
        {
            // The first refresh of the model; or the volume has gone since the message was taken.
            if (Installation.Problem(volume) is { } problem)
                throw new IOException(problem);
            Directory.CreateDirectory(_paths.StagingArea);
            return Posix.TryCreateDirectory(directory);
        }
    }

    private StagedFacts? FindComplete(Guid runId) => DirectoryEntries.Of(_paths.StagingArea, $"{runId}-")
        .Select(directory => Attempt(directory, runId))
        .OrderDescending()
        .Select(attempt => Complete(_paths.Staging(runId, attempt)))
        .FirstOrDefault(facts => facts is not null);

    private static string TakenBackOf(Guid runId) => $"{runId}-taken-back-";

    private static int Attempt(string directory, Guid runId) =>
        int.TryParse(Path.GetFileName(directory)[(runId.ToString().Length + 1)..], NumberStyles.None,
            CultureInfo.InvariantCulture, out var attempt) ? attempt : 0;

    // A process or machine that died may have left a part of them; another model that has the same directory, by a
    // symbolic link, its own.
    private StagedFacts? Complete(StagedPaths staged) =>
        VolumeJson.TryRead<StagedFacts>(staged.Facts) is { } facts
        && facts.IsOf(model.ValueStream, model.Model)
        && Posix.Identity(staged.Data)?.Bytes == facts.Bytes ? facts : null;

    private void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Leftovers are harmless: nobody was told of them, and a later sweep removes them.
            logger.LeftoverKept(directory, e);
        }
    }
}

/// <summary>A directory that is being filled; removed when it is disposed of incomplete.</summary>
internal sealed class StagingAttempt(StagedPaths paths, int number, Action<string> remove) : IDisposable
{
    private bool _complete;

    public StagedPaths Paths => paths;

    /// <summary>From 1.</summary>
    public int Number => number;

    /// <summary>Writes staged.json, the last step, which makes the attempt complete.</summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    public void Complete(StagedFacts facts)
    {
        // The directory is this attempt's, so there is none yet.
        VolumeJson.TryCreate(paths.Facts, facts);
        _complete = true;
    }

    /// <summary>
    /// The same for rows that readers have: a message is all that is told of them, and who has it needs the rows. If it
    /// is lost with this process, they are fetched again.
    /// </summary>
    public void LeaveRows() => _complete = true;

    public void Dispose()
    {
        if (!_complete)
            remove(paths.Directory);
    }
}
