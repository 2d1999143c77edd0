using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// Makes checked data the benchmark that readers see; at no moment do they see anything but one whole version. Takes no
/// lock: two publishers, a kill at any step or a redelivery end in the same place.
/// </summary>
/// <remarks>
/// Assumed of the file system: rename(2) and link(2) are atomic, and of several callers one wins; fsync(2) of a file
/// makes its content durable, of a directory its names; a file lives as long as it has a name. Locks are not used, and
/// an error is not believed before looking. All of it, and what a reader sees at each step: docs/publishing.md.
/// <code>
/// .staging/RUN-1/
///     |  1. decide, build: link, write manifest.json, fsync
/// .versions/000007.RUN-ID.tmp/
///     |     claim: rename, which one publisher wins
/// .versions/000007/                  committed
///     |  2. converge: link, rename over
/// benchmark.csv                      served
///     |     write, fsync, rename over
/// benchmark.json                     with its facts
///     |  3. look again: a higher version may have been committed meanwhile
/// ModelPublished
/// </code>
/// </remarks>
internal sealed class AtomicSwap(
    VolumeLayout volume, Convergence convergence, TimeProvider time, ILogger<AtomicSwap> logger)
{
    // A lost claim means that another publisher committed a version meanwhile. So many in a row mean that the number is
    // taken by something that is no version.
    private const int MostLostClaims = 100;

    /// <summary>Publishes what a message speaks of. Doing it again gives the same answer.</summary>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed: try again later.</exception>
    public RefreshOutcome Publish(ModelValidated message)
    {
        var started = time.GetTimestamp();
        try
        {
            var model = volume.Model(message.ValueStream, message.Model);
            RefuseObstacle(model);
            var served = PublishInTurn(model, message) with { Warnings = message.Warnings };
            logger.Swapped(message, served, time.GetElapsedTime(started));
            return served;
        }
        catch (RefusedException refusal)
        {
            logger.Refused(message, refusal, time.GetElapsedTime(started));
            return Refused(message, refusal);
        }
    }

    private RefreshOutcome PublishInTurn(ModelPaths model, ModelValidated message)
    {
        for (var lost = 0; lost < MostLostClaims; lost++)
        {
            if (TryPublish(model, message) is { } served)
                return served;
            logger.ClaimLost(message.ValueStream, message.Model, message.RunId);
        }
        throw new IOException(
            $"Another has taken the next version in {model.Versions} {MostLostClaims} times in a row.");
    }

    private RefreshOutcome? TryPublish(ModelPaths model, ModelValidated message)
    {
        // 1. Decide. Staging is read before the versions are listed: it is removed only after its run's outcome is on
        //    the volume and announced, so if it is gone, the listing shows what came of it.
        var staged = StagedRefresh.TryRead(model, message);
        var history = new VersionHistory(model, logger);

        // 1a. The run has made a version: an earlier delivery of this message was killed before it announced it,
        //     another publisher has been given the same message, or the run was fetched twice. One run, one version.
        if (history.MadeBy(message.RunId, time.GetUtcNow() - Housekeeping.MinimumAge) is { } own)
            return Serve(model, Outcome.Published, own, own.Drift?.Worst);

        var current = history.Current();
        if (staged is null)
            return AnnouncedBefore(model, message, current);

        // 1b. The source gave what is served already: only refreshed_at moves. Unless somebody wrote into the served
        //     file in place; then the same data makes a new, whole version (1d).
        var worst = staged.Report.Drift?.Worst;
        if (current?.Sha256 == staged.Facts.Sha256 && convergence.Serve(model, staged.Facts) is { } unchanged)
            return Served(Outcome.Unchanged, unchanged, worst);

        // 1c. Data fetched later is served already: a later run has overtaken this one, which waited or was retried.
        if (current is not null && staged.Facts.FetchedAt < current.RefreshedAt)
            return Serve(model, Outcome.Superseded, current, worst);

        // 1d. Build the next version and claim its number. Lost: another publisher has committed it since the listing,
        //     and 1a to 1c may hold now.
        var version = staged.ToManifest(model, history.Next, time.GetUtcNow());
        return TryCommit(model, version, staged.Paths) ? Serve(model, Outcome.Published, version, worst) : null;
    }

    private static bool TryCommit(ModelPaths model, Manifest version, StagedPaths staged)
    {
        try
        {
            return NewVersion.TryCommit(model, version, staged.Data, staged.Profile);
        }
        catch (IOException) when (!File.Exists(staged.Facts))
        {
            // Another publisher with the same message was done in the meantime, and has tidied up: 1a holds now.
            return false;
        }
    }

    // 2. and 3. are Convergence: readers see the highest version, which is this one or a later one.
    private RefreshOutcome Serve(ModelPaths model, Outcome outcome, Manifest version, WorstDrift? worst) =>
        convergence.Serve(model) is null
            ? throw new RefusedException(
                $"The highest version in {model.Versions} is not what its manifest says: it was altered in place.",
                "Find out who writes into published files, then refresh the model again: that makes a whole version.")
            : Served(outcome, version, worst);

    // Nothing is staged and no version came of it. That it was unchanged can be seen from what is served.
    private RefreshOutcome AnnouncedBefore(ModelPaths model, ModelValidated message, Manifest? current) =>
        current?.RefreshedRunId == message.RunId
            ? Serve(model, Outcome.Unchanged, current, worst: null)
            : throw new RefusedException(
                $"{model.Staging(message.RunId, message.Attempt).Directory} is gone or not complete, "
                + "and no version came of it.",
                "If the run's report has an outcome for the model, this was a repeat. Otherwise refresh it again.");

    private static RefreshOutcome Served(Outcome outcome, Manifest version, WorstDrift? worst) => new()
    {
        ValueStream = version.ValueStream,
        Model = version.Model,
        Outcome = outcome,
        Stage = Stage.Publish,
        Version = version.Version,
        Rows = version.Rows,
        Bytes = version.Bytes,
        WorstDrift = worst,
    };

    private static RefreshOutcome Refused(ModelValidated message, RefusedException refusal) => new()
    {
        ValueStream = message.ValueStream,
        Model = message.Model,
        Outcome = Outcome.Failed,
        Stage = Stage.Publish,
        Rows = message.Rows,
        Bytes = message.Bytes,
        Reason = refusal.Message,
        Hint = refusal.Hint,
    };

    // rename(2) replaces any file and any symbolic link, but no directory. Looked at first, so that nothing is
    // committed that cannot be served.
    private static void RefuseObstacle(ModelPaths model)
    {
        foreach (var target in new[] { model.Benchmark, model.Manifest })
        {
            if (Directory.Exists(target) && new DirectoryInfo(target).LinkTarget is null)
                throw new RefusedException(
                    $"{target} is a directory.", "Move it away, or remove it, then refresh the model again.");
        }
    }
}
