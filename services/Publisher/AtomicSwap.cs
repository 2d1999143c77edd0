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
///     |  2. converge: write the facts, link, look for a higher version, rename over
/// benchmark.csv                      served
///     |     rename over
/// benchmark.json                     with its facts
///     |  3. look again, if somebody was faster
/// ModelPublished
/// </code>
/// </remarks>
internal sealed class AtomicSwap(
    VolumeLayout volume, Convergence convergence, TimeProvider time, ILogger<AtomicSwap> logger)
{
    /// <summary>Publishes the data of a message; a repetition gives the same outcome.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isLastAttempt">Whether nobody tries again if the volume fails once more.</param>
    /// <returns>
    /// Null when there is nothing to say, or not yet: see <see cref="StageAgain"/>.
    /// </returns>
    /// <exception cref="IOException">The volume is full, not writable or failing; a retry may succeed.</exception>
    public RefreshOutcome? Publish(ModelValidated message, bool isLastAttempt = false)
    {
        var started = time.GetTimestamp();
        var model = volume.Model(message.ValueStream, message.Model);
        try
        {
            if (Claims.UntilWon(
                model, (out RefreshOutcome? outcome) => TryPublish(model, message, out outcome),
                () => logger.ClaimLost(message.ValueStream, message.Model, message.RunId)) is not { } served)
                return null;
            served = served with { Warnings = message.Warnings };
            if (served.Reason is { } altered)
                logger.Altered(message.ValueStream, message.Model, altered, served.Hint);
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
        catch (Exception failure) when (isLastAttempt && failure is IOException or UnauthorizedAccessException)
        {
            if (BrokenOff.Look(model, message.RunId, MadeSince, logger) is not { } seen)
                throw;
            logger.BrokenOff(message.ValueStream, message.Model, message.RunId, seen.Version.Version, failure.Message);
            return seen.Outcome(
                failure,
                version => VersionOutcome.Of(version, Outcome.Published, version.Drift?.Worst) with
                {
                    Warnings = message.Warnings,
                },
                refusal => Refused(message, refusal));
        }
    }

    /// <summary>
    /// Stages rows like all others that were what readers had when they were checked, but are not any more.
    /// </summary>
    /// <returns>
    /// Null when nothing is staged any more: that is removed only after the outcome was announced.
    /// </returns>
    /// <exception cref="IOException">The volume is full, not writable or failing; a retry may succeed.</exception>
    public ModelStaged? StageAgain(ModelValidated message)
    {
        var staged = volume.Model(message.ValueStream, message.Model).Staging(message.RunId, message.Attempt);
        if (message.Unchanged is { } rows && rows.TryStage(staged))
        {
            logger.NotServedAnyMore(message.ValueStream, message.Model, message.RunId, rows.Version);
            return ModelStaged.Of(rows.Facts);
        }
        // Or the volume has gone since the message was taken.
        if (Installation.Problem(volume) is { } problem)
            throw new IOException(problem);
        logger.NothingStaged(message.ValueStream, message.Model, message.RunId, message.Attempt);
        return null;
    }

    // A run makes no version before it starts, by clocks that differ by less than this. Each version that is looked at
    // is a round trip, and a model may have many of the last days.
    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromMinutes(1);

    private DateTimeOffset MadeSince => time.GetUtcNow() - Retention.MinimumAge;

    // False when the claim was lost; no outcome when nothing is staged any more, or only rows that must be examined.
    private bool TryPublish(ModelPaths model, ModelValidated message, out RefreshOutcome? outcome)
    {
        if (message.Unchanged is { } same && (outcome = MoveRefreshedAt(model, message, same)) is not null)
            return true;
        // 1. Decide. Staging is read before the versions are listed: it is removed only after its outcome is on the
        //    volume and announced, so when it is gone, the list has its outcome. Of rows alone there are no documents.
        var staged = message.Unchanged is null ? StagedRefresh.TryRead(model, message) : null;
        var history = new VersionHistory(model, logger);
        SharedDirectory.Refuse(volume, history, message.ValueStream, message.Model);
        outcome = OutcomeOnVolume(history, message, staged)
            ?? (staged is null ? OutcomeOfRows(history, message) : PublishStaged(history, staged));
        return outcome is not null || staged is null;
    }

    // Rows that were found to be what readers have, and still are: they are not read, and only refreshed_at moves.
    private RefreshOutcome? MoveRefreshedAt(ModelPaths model, ModelValidated message, UnchangedRows same)
    {
        if (VersionHistory.AsTold(model, logger) is not { Facts: { } told } history
            || (told.Version, told.Sha256) != (same.Version, same.Facts.Sha256)
            || !same.Facts.IsOf(told.ValueStream, told.Model)
            // It was fetched twice, and the other fetch has made the version.
            || told.RunId == message.RunId)
            return null;
        // The Validator has just read all of it, by this name.
        var version = CommittedVersion.TryVerify(model, (told, told.ManifestSha256 ?? ""), DataFile.IsAsLong);
        return version is not null && convergence.Serve(history, same.Facts, version) is { } served
            && served.Version == told.Version
            ? VersionOutcome.Of(served, Outcome.Unchanged, worst: null) : null;
    }

    // Rows that are not what readers have any more need not be examined if data fetched later is served.
    private RefreshOutcome? OutcomeOfRows(VersionHistory history, ModelValidated message) =>
        message.Unchanged is { Facts: var rows } && history.Current() is { } current && IsSuperseded(rows, current)
        && Posix.Exists(history.Model.Staging(message.RunId, message.Attempt).Data)
            ? Serve(history, Outcome.Superseded, current, worst: null) : null;

    // A person who forces the data means this data.
    private bool IsSuperseded(StagedFacts staged, Manifest current) =>
        !staged.Force && staged.IsBefore(current, time.GetUtcNow());

    // 1a. An earlier delivery was killed before it announced the outcome, another publisher has the same message, or
    //     the run was fetched twice. One run makes one version. If nothing is staged and the run has no version,
    //     benchmark.json tells whether its data was unchanged.
    private RefreshOutcome? OutcomeOnVolume(
        VersionHistory history, ModelValidated message, StagedRefresh? staged)
    {
        var since = staged?.Facts.RunStartedAt is { } began && began - s_clocksDiffer is var start && start > MadeSince
            ? start : MadeSince;
        if (history.MadeBy(message.RunId, since) is { } own)
            return Serve(history, Outcome.Published, own, own.Drift?.Worst);
        return staged is null && history.Current() is { } current && current.RefreshedRunId == message.RunId
            ? Serve(history, Outcome.Unchanged, current, worst: null) : null;
    }

    private RefreshOutcome? PublishStaged(VersionHistory history, StagedRefresh staged)
    {
        var current = history.Current();
        // 1b. The source gave the data that is served already: only refreshed_at moves. If the served file was altered
        //     in place, or removed, the same data makes a new version (1d).
        var worst = staged.Report.Drift?.Worst;
        if (current?.Sha256 == staged.Facts.Sha256 && convergence.Serve(history, staged.Facts) is { } unchanged)
            return VersionOutcome.Of(unchanged, Outcome.Unchanged, worst).Telling(history);

        // 1c. Data fetched later is served already, because this run waited or was retried.
        if (current is not null && IsSuperseded(staged.Facts, current))
            return Serve(history, Outcome.Superseded, current, worst);

        // 1d. Build the next version and claim its number. If another publisher has committed that number since the
        //     versions were listed, start again: 1a to 1c may hold now.
        var version = staged.ToManifest(history, time.GetUtcNow());
        if (TryCommit(history.Model, version, staged.Paths) is not { } committed)
            return null;
        if (history.IsBackUnder(version.RegistrySha256))
            logger.RegistriesAlternate(version.ValueStream, version.Model, version.Version, version.RegistrySha256);
        return Serve(history, Outcome.Published, version, worst, committed);
    }

    private CommittedVersion? TryCommit(ModelPaths model, Manifest version, StagedPaths staged)
    {
        try
        {
            return NewVersion.TryCommit(model, version, staged.Data, staged.Profile, logger);
        }
        catch (IOException) when (!Posix.Exists(staged.Facts))
        {
            // Another publisher with the same message has finished and removed the staging directory: 1a holds now.
            return null;
        }
    }

    // 2. and 3. are in Convergence: readers see the highest version, which is this one or a later one.
    private RefreshOutcome Serve(VersionHistory history, Outcome outcome, Manifest version, WorstDrift? worst,
        CommittedVersion? committed = null)
    {
        convergence.Require(history, committed);
        return VersionOutcome.Of(version, outcome, worst).Telling(history);
    }

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
}
