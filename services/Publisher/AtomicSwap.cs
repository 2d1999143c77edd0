using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// Publishes checked data so that readers always see one whole version. It takes no lock: two publishers, a kill at
/// any step and a redelivery all lead to the same result.
/// </summary>
/// <remarks>
/// Assumed of the file system: rename(2) and link(2) are atomic, and of several callers one wins; fsync(2) of a file
/// makes its content durable, of a directory its names; a file lives as long as it has a name. After an error the
/// result is checked, because the call may have succeeded. docs/publishing.md shows what a reader sees at each step.
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
///     |  3. check: a higher version may have been committed meanwhile
/// ModelPublished
/// </code>
/// </remarks>
internal sealed class AtomicSwap(
    VolumeLayout volume, Convergence convergence, TimeProvider time, ILogger<AtomicSwap> logger)
{
    // A lost claim means that another publisher has committed a version meanwhile. This many in a row mean that
    // something other than a version has the number.
    private const int MaxLostClaims = 100;

    /// <summary>Publishes the data of a message; a repetition gives the same outcome.</summary>
    /// <exception cref="IOException">The volume is full, not writable or failing; a retry may succeed.</exception>
    public RefreshOutcome Publish(ModelValidated message)
    {
        var started = time.GetTimestamp();
        try
        {
            var model = volume.Model(message.ValueStream, message.Model);
            RefuseDirectories(model);
            var served = PublishUntilClaimed(model, message) with { Warnings = message.Warnings };
            var elapsed = time.GetElapsedTime(started);
            logger.Swapped(message, served, elapsed);
            PublishMetrics.Served(served, elapsed);
            return served;
        }
        catch (RefusedException refusal)
        {
            logger.Refused(message, refusal, time.GetElapsedTime(started));
            return Refused(message, refusal);
        }
    }

    private RefreshOutcome PublishUntilClaimed(ModelPaths model, ModelValidated message)
    {
        for (var lost = 0; lost < MaxLostClaims; lost++)
        {
            if (TryPublish(model, message) is { } served)
                return served;
            logger.ClaimLost(message.ValueStream, message.Model, message.RunId);
        }
        throw new IOException(
            $"The next version in {model.Versions} was taken {MaxLostClaims} times in a row.");
    }

    private RefreshOutcome? TryPublish(ModelPaths model, ModelValidated message)
    {
        // 1. Decide. Staging is read before the versions are listed: it is removed only after its outcome is on the
        //    volume and announced, so when it is gone, the list has its outcome.
        var staged = StagedRefresh.TryRead(model, message);
        var history = new VersionHistory(model, logger);

        // 1a. The run has made a version already: an earlier delivery was killed before it announced the version,
        //     another publisher has the same message, or the run was fetched twice. One run makes one version.
        if (history.MadeBy(message.RunId, time.GetUtcNow() - Housekeeping.MinimumAge) is { } own)
            return Serve(model, Outcome.Published, own, own.Drift?.Worst);

        var current = history.Current();
        if (staged is null)
            return OutcomeWithoutStaging(model, message, current);

        // 1b. The source gave the data that is served already: only refreshed_at moves. If the served file was altered
        //     in place, the same data makes a new version (1d).
        var worst = staged.Report.Drift?.Worst;
        if (current?.Sha256 == staged.Facts.Sha256 && convergence.Serve(model, staged.Facts) is { } unchanged)
            return Served(Outcome.Unchanged, unchanged, worst);

        // 1c. Data fetched later is served already, because this run waited or was retried. A person who forces the
        //     data means this data.
        if (current is not null && !staged.Facts.Force && staged.Facts.IsBefore(current, time.GetUtcNow()))
            return Serve(model, Outcome.Superseded, current, worst);

        // 1d. Build the next version and claim its number. If another publisher has committed that number since the
        //     versions were listed, start again: 1a to 1c may hold now.
        var version = staged.ToManifest(model, history, time.GetUtcNow());
        return TryCommit(model, version, staged.Paths) ? Serve(model, Outcome.Published, version, worst) : null;
    }

    private static bool TryCommit(ModelPaths model, Manifest version, StagedPaths staged)
    {
        try
        {
            return NewVersion.TryCommit(model, version, staged.Data, staged.Profile);
        }
        catch (IOException) when (!Posix.Exists(staged.Facts))
        {
            // Another publisher with the same message has finished and removed the staging directory: 1a holds now.
            return false;
        }
    }

    // 2. and 3. are in Convergence: readers see the highest version, which is this one or a later one.
    private RefreshOutcome Serve(ModelPaths model, Outcome outcome, Manifest version, WorstDrift? worst) =>
        convergence.Serve(model) is null
            ? throw new RefusedException(
                $"The highest version in {model.Versions} does not match its manifest: it was altered in place.",
                "Find out what writes into published files, then refresh the model again, which makes a new version.")
            : Served(outcome, version, worst);

    // Nothing is staged and the run has no version: benchmark.json tells whether its data was unchanged.
    private RefreshOutcome OutcomeWithoutStaging(ModelPaths model, ModelValidated message, Manifest? current) =>
        current?.RefreshedRunId == message.RunId
            ? Serve(model, Outcome.Unchanged, current, worst: null)
            : throw new RefusedException(
                $"{model.Staging(message.RunId, message.Attempt).Directory} is gone or not complete, "
                + "and the run has no version.",
                "If the run's report has an outcome for the model, this is a duplicate; if not, refresh it again.");

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

    // rename(2) replaces files and symbolic links but not directories. Checked first, so that no version is committed
    // that cannot be served.
    internal static void RefuseDirectories(ModelPaths model)
    {
        foreach (var target in new[] { model.Benchmark, model.Manifest })
        {
            if (Posix.IsDirectory(target) && new DirectoryInfo(target).LinkTarget is null)
                throw new RefusedException(
                    $"{target} is a directory.", "Move or remove it, then refresh the model again.");
        }
    }
}
