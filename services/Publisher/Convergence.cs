using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// Makes the highest committed version the served one, whatever was served before. Every publication ends with it, and
/// it is all that a redelivery after a kill has to do. What is right already is not touched.
/// </summary>
/// <remarks>
/// Readers never see a version and then a lower one, however long a publisher sleeps. It lists the versions after its
/// temporary names exist, and renames only if its version is the highest. So if a higher version is committed later,
/// the names exist before that; and whoever serves the higher version removes the names of lower ones before it
/// renames its own. Then the sleeper's rename finds nothing, and it starts again.
/// </remarks>
internal sealed class Convergence(TimeProvider time, ILogger<Convergence> logger)
{
    // Each further round means that a version was committed, or benchmark.csv replaced, within a few milliseconds.
    private const int MaxRounds = 20;

    /// <summary>Serves the highest version.</summary>
    /// <param name="history">The versions as the caller has seen them; there is at least one.</param>
    /// <param name="unchanged">The facts of a refresh that gave the same data; they move <c>refreshed_at</c>.</param>
    /// <param name="committed">The highest version, if the caller has just verified it.</param>
    /// <returns>
    /// The facts now served; null when the highest version's data does not match its manifest, or a higher one was
    /// removed. Then what is served stays.
    /// </returns>
    /// <exception cref="RefusedException">A directory is in the place of a file, or a manifest is damaged.</exception>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed.</exception>
    public Manifest? Serve(VersionHistory history, StagedFacts? unchanged = null, CommittedVersion? committed = null)
    {
        var model = history.Model;
        for (var round = 1; round <= MaxRounds; round++)
        {
            // 2. Converge. The data is opened by the version's name, never as benchmark.csv: before it replaces a file
            //    that is open, the NFS client moves it aside, and readers see no file for a moment. If the data was
            //    altered in place since it was committed, the caller decides.
            if ((committed ?? Verified(history)) is not { } version)
                return null;
            if (TryServe(history, version, unchanged) is { } served)
                return served;
            // 3. Somebody else was faster: look again.
            committed = null;
            history = new VersionHistory(model, logger);
        }
        throw new IOException($"{model.Benchmark} was replaced {MaxRounds} times during one publication. "
            + "Something other than the Publisher writes there.");
    }

    /// <summary>Serves the highest version, for whoever has nothing else to serve.</summary>
    /// <param name="history">The versions as the caller has seen them; there is at least one.</param>
    /// <param name="committed">The highest version, if the caller has just verified it.</param>
    /// <exception cref="RefusedException">It cannot be served; what is served stays.</exception>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed.</exception>
    public void Require(VersionHistory history, CommittedVersion? committed = null)
    {
        if (Serve(history, committed: committed) is not null)
            return;
        const string hint = "then refresh the model again, which makes a new version.";
        throw history.Removed is { } removed
            ? new RefusedException(
                $"Version {removed} is served, but it is no longer in {history.Model.Versions}: somebody removed it.",
                $"Restore it from a backup if others need it, {hint}")
            : new RefusedException(
                $"The highest version in {history.Model.Versions} does not match its manifest: "
                + "it was altered in place.",
                $"Find out what writes into published files, {hint}");
    }

    /// <summary>The same, but reads the data only if it was written to since its version was committed.</summary>
    /// <inheritdoc cref="Require"/>
    public void RequireUntouched(VersionHistory history) =>
        Require(history, Verified(history, DataFile.IsUntouchedOrMatches));

    private static CommittedVersion? Verified(VersionHistory history, Func<VersionPaths, DataProof>? proof = null)
    {
        if (history.Removed is not null)
            return null;
        var highest = history.Highest ?? throw new IOException($"{history.Model.Versions} has no version any more.");
        return CommittedVersion.TryVerify(
            history.Model, history.Read(highest), proof?.Invoke(history.Model.Version(highest)));
    }

    private Manifest? TryServe(VersionHistory history, CommittedVersion version, StagedFacts? unchanged)
    {
        var (model, number) = (history.Model, version.Manifest.Version);
        // What was seen before the version was made will do: it cannot have been its data, and is looked at once.
        var seen = version.Replaces ?? Posix.Examine(model.Benchmark);
        ServedFacts.RefuseDirectory(model.Benchmark, seen);
        var isServed = seen?.Identity == version.Data;
        if (!isServed)
        {
            KeepForeign(model, seen, number);
            // Its publisher may have been killed before this flush, and what is served must be durable.
            Posix.FlushDirectory(model.Versions);
        }
        // benchmark.json is written before benchmark.csv is replaced, and renamed after: a disk that is full shows
        // before readers see anything new.
        var (served, facts) = PrepareFacts(history, version, unchanged);
        using (facts)
        using (var data = isServed ? null : TemporaryLink.To(model, version))
        {
            // Only now, when the temporary names exist: see the remarks.
            if (PublishedVersions.Latest(model) > number)
                return null;
            if (data is not null)
            {
                TemporaryLink.RemoveLower(model, number);
                if (!data.TryReplace())
                    return null;
            }
            if (facts is not null && !TryReplace(facts, model, served))
                return null;
        }
        // Once for both names, and also when nothing was replaced: the process that did it may have been killed before
        // its flush. Not when only refreshed_at has moved: if that is lost with the machine, readers have the facts of
        // the refresh before, and the next one moves it again.
        if (!isServed || facts is null || history.FactsOf(version.Manifest) is null)
            Posix.FlushDirectory(model.Directory);
        // What was there already, nobody replaces by a lower version.
        return isServed || Posix.Identity(model.Benchmark) == version.Data ? served : null;
    }

    // A file that the Publisher did not make: an older benchmark, or one that was moved over the published one. Ours
    // have another name in their version, and what has another name is not lost. It is kept under a name that its inode
    // makes unique and the same for a redelivery.
    private void KeepForeign(ModelPaths model, FileStatus? seen, int version)
    {
        if (seen is not { Links: 1, Identity: var identity })
            return;
        var kept = $"{model.Version(version - 1).Directory}.foreign-{identity.Inode}.csv";
        var isLinked = DataFile.LinkOrCopy(model.Benchmark, kept);
        // Another publisher may have kept it, and put a version in its place.
        if (Posix.Identity(isLinked ? kept : model.Benchmark) != identity)
        {
            Posix.TryUnlink(kept);
            return;
        }
        logger.ForeignFileKept(model.Benchmark, kept, version);
    }

    // Nothing to replace when it is right already.
    private (Manifest Served, PreparedFile? Facts) PrepareFacts(
        VersionHistory history, CommittedVersion committed, StagedFacts? unchanged)
    {
        // Not atomic: of two publishers at the same moment, the one with the later refreshed_at may lose. With one
        // active consumer and one partition per model this takes a failover, and the next refresh corrects it.
        var version = committed.Manifest;
        var seen = history.FactsOf(version);
        var facts = seen ?? version with
        {
            File = history.Model.ServedFile(version.Version),
            ManifestSha256 = history.RecordedManifestSha256(version.Version) ?? committed.ManifestSha256,
        };
        if (unchanged is not null && unchanged.Sha256 == facts.Sha256
            && unchanged.RunId != facts.RefreshedRunId && !unchanged.IsBefore(facts, time.GetUtcNow()))
            facts = facts with
            {
                RefreshedAt = unchanged.FetchedAt,
                VolumeTime = unchanged.VolumeTime,
                RefreshedRunId = unchanged.RunId,
            };
        return (facts, ReferenceEquals(facts, seen) ? null
            : VolumeJson.Prepare(history.Model.Manifest, facts, TemporaryLink.Tag(version.Version)));
    }

    private static bool TryReplace(PreparedFile facts, ModelPaths model, Manifest served) => TemporaryLink.TryRename(
        facts.Replace,
        facts.Temporary,
        () => VolumeJson.TryRead<Manifest>(model.Manifest) is { } read
            && (read.Version, read.RunId, read.RefreshedAt) == (served.Version, served.RunId, served.RefreshedAt));
}
