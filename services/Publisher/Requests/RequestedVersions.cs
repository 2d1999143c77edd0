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
    private const int MaxLostClaims = 100;

    /// <summary>Serves the data of an old version again.</summary>
    /// <exception cref="IOException">The volume is full, not writable or failing; a retry may succeed.</exception>
    public RefreshOutcome RollBack(RollBackModel message) => Publish(
        new Request(message.RunId, message.ValueStream, message.Model, Stage.Publish, message.ToVersion),
        version => OldVersion.Outcome(message, version),
        (model, history) => OldVersion.Of(message, model, history, time.GetUtcNow(), VolumeTime(model)));

    /// <summary>Serves data that was rejected.</summary>
    /// <exception cref="IOException">The volume is full, not writable or failing; a retry may succeed.</exception>
    public RefreshOutcome Accept(AcceptRejected message) => Publish(
        new Request(message.RunId, message.ValueStream, message.Model, Stage.Publish, RolledBackTo: null),
        version => RejectedRefresh.Outcome(message, version),
        (model, history) => RejectedRefresh.Of(message, model, history, time.GetUtcNow()));

    private RefreshOutcome Publish(
        Request request, Func<Manifest, RefreshOutcome> outcome, Func<ModelPaths, VersionHistory, Candidate> choose)
    {
        var started = time.GetTimestamp();
        var model = volume.Model(request.ValueStream, request.Model);
        try
        {
            // Looked at first, so that no version is committed that cannot be served.
            ServedFacts.RefuseDirectory(model.Benchmark, Posix.Examine(model.Benchmark));
            var version = CommitUntilClaimed(model, request, choose);
            Serve(model, version);
            logger.Requested(version, time.GetElapsedTime(started));
            return outcome(version);
        }
        catch (RefusedException refusal)
        {
            logger.RequestRefused(request.ValueStream, request.Model, request.RunId, refusal.Message, refusal.Hint);
            return Refused(request, refusal);
        }
    }

    private Manifest CommitUntilClaimed(
        ModelPaths model, Request request, Func<ModelPaths, VersionHistory, Candidate> choose)
    {
        for (var lost = 0; lost < MaxLostClaims; lost++)
        {
            var history = new VersionHistory(model, logger);
            // An earlier delivery of the message was killed before it announced the version.
            if (history.MadeBy(request.RunId, time.GetUtcNow() - Housekeeping.MinimumAge) is { } own)
                return own;
            var candidate = choose(model, history);
            if (NewVersion.TryCommit(
                model, candidate.Manifest, candidate.Data, candidate.Profile, logger, candidate.Matches) is not null)
                return candidate.Manifest;
            logger.ClaimLost(request.ValueStream, request.Model, request.RunId);
        }
        throw new IOException($"The next version in {model.Versions} was taken {MaxLostClaims} times in a row.");
    }

    // What was linked a moment ago needs no second reading of what may be gigabytes; any other version does.
    private void Serve(ModelPaths model, Manifest version)
    {
        var served = convergence.Serve(
            new VersionHistory(model, logger),
            matches: (data, manifest) => manifest.RunId == version.RunId
                ? DataFile.IsUntouchedOrMatches(data, manifest) : DataFile.Matches(data, manifest));
        if (served is null)
            throw new RefusedException(
                $"The highest version in {model.Versions} does not match its manifest: it was altered in place.",
                "Find out what writes into published files, then refresh the model again, which makes a new version.");
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
        Stage = request.Stage,
        Reason = refusal.Message,
        Hint = refusal.Hint,
        RolledBackTo = request.RolledBackTo,
    };

    private sealed record Request(Guid RunId, string ValueStream, string Model, Stage Stage, int? RolledBackTo);
}
