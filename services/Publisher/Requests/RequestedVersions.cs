using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher.Requests;

/// <summary>
/// Publishes what a person asks for by name and what is on the volume already: an old version, or rejected data. Like
/// <see cref="AtomicSwap"/> it takes no lock, and a repetition gives the same outcome.
/// </summary>
internal sealed class RequestedVersions(
    VolumeLayout volume, Convergence convergence, TimeProvider time, ILogger<RequestedVersions> logger)
{
    /// <summary>Serves the data of an old version again.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isLastAttempt">Whether nobody tries again if the volume fails once more.</param>
    /// <exception cref="IOException">The volume is full, not writable or failing; a retry may succeed.</exception>
    public RefreshOutcome RollBack(RollBackModel message, bool isLastAttempt) => Publish(
        new Request(message.RunId, message.ValueStream, message.Model, message.ToVersion),
        isLastAttempt,
        version => OldVersion.Outcome(message, version),
        (model, history) =>
        {
            var candidate = OldVersion.Of(message, model, history, time.GetUtcNow());
            return candidate with { Manifest = candidate.Manifest with { VolumeTime = VolumeTime(model) } };
        });

    /// <summary>Serves data that was rejected.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isLastAttempt">Whether nobody tries again if the volume fails once more.</param>
    /// <exception cref="IOException">The volume is full, not writable or failing; a retry may succeed.</exception>
    public RefreshOutcome Accept(AcceptRejected message, bool isLastAttempt) => Publish(
        new Request(message.RunId, message.ValueStream, message.Model),
        isLastAttempt,
        version => RejectedRefresh.Outcome(message, version),
        (model, history) => RejectedRefresh.Of(message, model, history, time.GetUtcNow()));

    private DateTimeOffset MadeSince => time.GetUtcNow() - Retention.MinimumAge;

    private RefreshOutcome Publish(
        Request request, bool isLastAttempt, Func<Manifest, RefreshOutcome> outcome,
        Func<ModelPaths, VersionHistory, Candidate> choose)
    {
        var started = time.GetTimestamp();
        var model = volume.Model(request.ValueStream, request.Model);
        try
        {
            var (version, history) = Claims.UntilWon(
                model,
                (out (Manifest, VersionHistory) served) => TryServe(model, request, choose, out served),
                () => logger.ClaimLost(request.ValueStream, request.Model, request.RunId));
            logger.Requested(version, time.GetElapsedTime(started));
            var announced = outcome(version).Telling(history);
            if (announced.Reason is { } altered)
                logger.Altered(request.ValueStream, request.Model, altered, announced.Hint);
            return announced;
        }
        catch (RefusedException refusal)
        {
            logger.RequestRefused(request.ValueStream, request.Model, request.RunId, refusal.Message, refusal.Hint);
            return Refused(request, refusal);
        }
        catch (Exception failure) when (isLastAttempt && failure is IOException or UnauthorizedAccessException)
        {
            if (BrokenOff.Look(model, request.RunId, MadeSince, logger) is not { } seen)
                throw;
            logger.BrokenOff(request.ValueStream, request.Model, request.RunId, seen.Version.Version, failure.Message);
            return seen.Outcome(failure, outcome, refusal => Refused(request, refusal));
        }
    }

    private bool TryServe(
        ModelPaths model, Request request, Func<ModelPaths, VersionHistory, Candidate> choose,
        out (Manifest Version, VersionHistory Before) served)
    {
        var history = new VersionHistory(model, logger);
        // An earlier delivery of the message was killed before it announced the version.
        if (history.MadeBy(request.RunId, MadeSince) is { } own)
        {
            convergence.RequireUntouched(history);
            served = (own, history);
            return true;
        }
        var candidate = choose(model, history);
        var committed = NewVersion.TryCommit(
            model, candidate.Manifest, candidate.Data, candidate.Profile, logger, candidate.Proof);
        if (committed is not null)
            convergence.Require(history, committed);
        served = (committed?.Manifest ?? candidate.Manifest, history);
        return committed is not null;
    }

    // The clock that fetches go by: what was fetched before the rollback does not replace it.
    private static DateTimeOffset VolumeTime(ModelPaths model)
    {
        var probe = WholeFile.TemporaryFor(model.Version(1).Directory);
        try
        {
            File.WriteAllBytes(probe, []);
            return Posix.ModifiedAt(probe);
        }
        finally
        {
            Posix.TryUnlink(probe);
        }
    }

    private static RefreshOutcome Refused(Request request, RefusedException refusal) => new()
    {
        ValueStream = request.ValueStream,
        Model = request.Model,
        Outcome = Outcome.Failed,
        Stage = Stage.Publish,
        Reason = refusal.Message,
        Hint = refusal.Hint,
        RolledBackTo = request.RolledBackTo,
    };

    private sealed record Request(Guid RunId, string ValueStream, string Model, int? RolledBackTo = null);
}
