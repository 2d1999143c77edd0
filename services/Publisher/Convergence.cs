using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// Makes the highest committed version the served one, whatever was served before. Every publication ends with it, and
/// it is all that a redelivery after a kill has to do. What is right already is not touched.
/// </summary>
internal sealed class Convergence(TimeProvider time, ILogger<Convergence> logger)
{
    // Each further round means that benchmark.csv was replaced within a few milliseconds.
    private const int MaxRounds = 20;

    /// <summary>Serves the highest version.</summary>
    /// <param name="model">The model; it has at least one version.</param>
    /// <param name="unchanged">The facts of a refresh that gave the same data; they move <c>refreshed_at</c>.</param>
    /// <param name="matches">How to tell that the data matches its manifest; null to read all of it.</param>
    /// <returns>The facts now served; null when the highest version's data does not match its manifest.</returns>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed.</exception>
    public Manifest? Serve(ModelPaths model, StagedFacts? unchanged = null, DataProof? matches = null)
    {
        for (var round = 1; round <= MaxRounds; round++)
        {
            var version = Highest(model);
            var manifest = VersionHistory.Read(model, version);
            var data = model.Version(version).Data;
            // 2. Converge. The data is opened by the version's name, never as benchmark.csv: before it replaces a file
            //    that is open, the NFS client moves it aside, and readers see no file for a moment. If the data was
            //    altered in place since it was committed, the caller decides.
            if (!(matches ?? DataFile.Matches)(data, manifest))
                return null;
            // Its publisher may have been killed before this flush, and what is announced must be durable.
            Posix.FlushDirectory(model.Versions);
            var (served, facts) = PrepareFacts(model, manifest, unchanged);
            using (facts)
            {
                PointBenchmarkAt(model, version);
                if (facts is not null)
                    IgnoreErrorIfDone(facts.Replace,
                        () => ServedFacts.TryRead(model, manifest, logger)?.RefreshedAt == served.RefreshedAt);
            }

            // 3. Check. If there is a higher version, its publisher may have checked before our rename replaced its
            //    file. If another file is served, a slower publisher of a lower version has just renamed its own.
            if (Highest(model) == version && Posix.Identity(model.Benchmark) == Posix.Identity(data))
                return served;
        }
        throw new IOException($"{model.Benchmark} was replaced {MaxRounds} times during one publication. "
            + "Something other than the Publisher writes there.");
    }

    private static int Highest(ModelPaths model) =>
        PublishedVersions.Latest(model) ?? throw new IOException($"{model.Versions} has no version any more.");

    private void PointBenchmarkAt(ModelPaths model, int version)
    {
        var data = model.Version(version).Data;
        var wanted = Posix.Identity(data);
        var seen = Posix.Identity(model.Benchmark);
        if (seen != wanted)
        {
            if (seen is not null)
                KeepForeign(model, seen.Value, version);
            Replace(model, data, wanted);
        }
        // Also when nothing was replaced: the process that did it may have been killed before its flush.
        Posix.FlushDirectory(model.Directory);
    }

    private static void Replace(ModelPaths model, string data, FileIdentity? wanted)
    {
        var temporary = WholeFile.TemporaryFor(model.Benchmark);
        try
        {
            IgnoreErrorIfDone(() => Posix.TryLink(data, temporary), () => Posix.Identity(temporary) == wanted);
            IgnoreErrorIfDone(
                () => Posix.Rename(temporary, model.Benchmark), () => Posix.Identity(model.Benchmark) == wanted);
        }
        finally
        {
            // It still exists if another publisher was faster: rename does nothing for two names of the same file.
            Posix.TryUnlink(temporary);
        }
    }

    // A file that the Publisher did not make: an older benchmark, or one that was moved over the published one.
    // It is kept under another name, which its inode makes unique and the same for a redelivery.
    private void KeepForeign(ModelPaths model, FileIdentity seen, int version)
    {
        if (PublishedVersions.All(model).Reverse().Any(other => Posix.Identity(model.Version(other).Data) == seen))
            return;
        var kept = $"{model.Version(version - 1).Directory}.foreign-{seen.Inode}.csv";
        Posix.TryLink(model.Benchmark, kept);
        Posix.FlushDirectory(model.Versions);
        logger.ForeignFileKept(model.Benchmark, kept, version);
    }

    // benchmark.json is written before benchmark.csv is replaced, and renamed after: a disk that is full shows before
    // readers see anything new. Null when it is right already.
    private (Manifest Served, PreparedFile? Facts) PrepareFacts(
        ModelPaths model, Manifest version, StagedFacts? unchanged)
    {
        // Not atomic: of two publishers at the same moment, the one with the later refreshed_at may lose. With one
        // active consumer and one partition per model this takes a failover, and the next refresh corrects it.
        var seen = ServedFacts.TryRead(model, version, logger);
        var facts = seen ?? version with { File = model.ServedFile(version.Version) };
        if (unchanged is not null && unchanged.Sha256 == facts.Sha256
            && unchanged.RunId != facts.RefreshedRunId && !unchanged.IsBefore(facts, time.GetUtcNow()))
            facts = facts with
            {
                RefreshedAt = unchanged.FetchedAt,
                VolumeTime = unchanged.VolumeTime,
                RefreshedRunId = unchanged.RunId,
            };
        return (facts, ReferenceEquals(facts, seen) ? null : VolumeJson.Prepare(model.Manifest, facts));
    }

    // On EFS an error from link or rename does not mean that it failed: the reply may be lost, and then the client's
    // repeat of the request fails. Another publisher may also have done the same.
    private static void IgnoreErrorIfDone(Action act, Func<bool> isDone)
    {
        try
        {
            act();
        }
        catch (IOException) when (isDone())
        {
            // The result is as intended, whoever caused it.
        }
    }
}
