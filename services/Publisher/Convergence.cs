using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// Makes readers see the highest committed version, whatever was seen before: the end of every publication, and all
/// that a redelivery after a kill has left to do. What is right already is not touched.
/// </summary>
internal sealed class Convergence(ILogger<Convergence> logger)
{
    // Each further round means that somebody published or replaced benchmark.csv within a few milliseconds.
    private const int MostRounds = 20;

    /// <summary>Serves the highest version.</summary>
    /// <param name="model">The model; it has at least one version.</param>
    /// <param name="unchanged">A refresh that gave the same data: moves <c>refreshed_at</c> of the version.</param>
    /// <returns>The facts now served; null when the highest version's data is not what its manifest says.</returns>
    /// <exception cref="IOException">The volume is full, cannot be written or has failed.</exception>
    public Manifest? Serve(ModelPaths model, StagedFacts? unchanged = null)
    {
        for (var round = 1; round <= MostRounds; round++)
        {
            var version = Highest(model);
            var manifest = VersionHistory.Read(model, version);
            var data = model.Version(version).Data;
            // 2. Converge. The data is opened afresh by the version's name, never by benchmark.csv: a target that is
            //    open is moved aside by the NFS client first, and other readers see no file for a moment. Altered since
            //    it was committed (somebody wrote into it in place): the caller decides, and no swap makes it worse.
            if (!DataFile.Matches(data, manifest))
                return null;
            // Whoever claimed the version may have been killed before this: announced means durable.
            Posix.FlushDirectory(model.Versions);
            PointBenchmarkAt(model, version);
            var served = WriteFacts(model, manifest, unchanged);

            // 3. Look again. A higher version: its publisher may have looked before we replaced what it had put there.
            //    The same version, but another file: a slower publisher of a lower one was late, and looks again too.
            if (Highest(model) == version && Posix.Identity(model.Benchmark) == Posix.Identity(data))
                return served;
        }
        throw new IOException($"{model.Benchmark} was replaced {MostRounds} times while it was being published. "
            + "Something other than the Publisher writes there.");
    }

    private static int Highest(ModelPaths model) =>
        PublishedVersions.Latest(model) ?? throw new IOException($"{model.Versions} holds no version any more.");

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
        // Also when nothing was to do: whoever did it may have been killed before flushing.
        Posix.FlushDirectory(model.Directory);
    }

    private static void Replace(ModelPaths model, string data, FileIdentity? wanted)
    {
        var temporary = WholeFile.TemporaryFor(model.Benchmark);
        try
        {
            LookBeforeFailing(() => Posix.TryLink(data, temporary), () => Posix.Identity(temporary) == wanted);
            LookBeforeFailing(
                () => Posix.Rename(temporary, model.Benchmark), () => Posix.Identity(model.Benchmark) == wanted);
        }
        finally
        {
            // Still there when another publisher was faster: renaming two names of one file does nothing, silently.
            Posix.TryUnlink(temporary);
        }
    }

    // A file that was never ours: the benchmark from before the first version, or one that somebody moved over ours.
    // Its name is about to go, so it gets another. The inode makes that name unique, and the same on a redelivery.
    private void KeepForeign(ModelPaths model, FileIdentity seen, int version)
    {
        if (PublishedVersions.All(model).Reverse().Any(other => Posix.Identity(model.Version(other).Data) == seen))
            return;
        var kept = $"{model.Version(version - 1).Directory}.foreign-{seen.Inode}.csv";
        Posix.TryLink(model.Benchmark, kept);
        Posix.FlushDirectory(model.Versions);
        logger.ForeignFileKept(model.Benchmark, kept, version);
    }

    private Manifest WriteFacts(ModelPaths model, Manifest version, StagedFacts? unchanged)
    {
        // Read, changed, replaced: of two publishers that do this at one moment, the later refreshed_at may lose. One
        // active consumer and one partition per model leave only a failover for that, and the next refresh mends it.
        var seen = ServedFacts.TryRead(model, version, logger);
        var facts = seen ?? version;
        if (unchanged is not null && unchanged.Sha256 == facts.Sha256 && unchanged.FetchedAt > facts.RefreshedAt)
            facts = facts with { RefreshedAt = unchanged.FetchedAt, RefreshedRunId = unchanged.RunId };
        if (ReferenceEquals(facts, seen))
            return facts;

        LookBeforeFailing(() => VolumeJson.Write(model.Manifest, facts),
            () => ServedFacts.TryRead(model, version, logger)?.RefreshedAt == facts.RefreshedAt);
        return facts;
    }

    // On EFS an error from link or rename means that its outcome is unknown: the reply to the request that was carried
    // out may be lost, and the repeat fails. Another publisher may have got there, too.
    private static void LookBeforeFailing(Action act, Func<bool> isSo)
    {
        try
        {
            act();
        }
        catch (IOException) when (isSo())
        {
            // As we wanted it, whoever did it.
        }
    }
}
