using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;

namespace Benchmark.Publisher.Requests;

/// <summary>The version that a rollback serves again.</summary>
internal static class OldVersion
{
    /// <summary>The next version, from the data of the old one.</summary>
    /// <exception cref="RefusedException">It cannot be served again; nothing has changed.</exception>
    public static Candidate Of(
        RollBackModel message, ModelPaths model, VersionHistory history, DateTimeOffset now)
    {
        var name = $"{message.ValueStream}/{message.Model}";
        if (history.Current() is not { } current)
            throw new RefusedException(
                $"{name} has no version to roll back to.", $"Refresh it: benchmark refresh {name}");
        if (!PublishedVersions.All(model).Contains(message.ToVersion))
            throw new RefusedException(
                $"{name} has no version {message.ToVersion} on the volume.",
                $"Choose one that is there: benchmark history {name}");
        var read = history.Read(message.ToVersion);
        var old = read.Manifest;
        if (old.Sha256 == current.Sha256)
            throw new RefusedException(
                old.Version == current.Version
                    ? $"Version {old.Version} of {name} is served already."
                    : $"Version {current.Version} of {name}, which is served, has the same data as version "
                    + $"{old.Version}.",
                $"Choose another: benchmark history {name}");
        var paths = model.Version(message.ToVersion);
        RequireUnaltered(name, model, read);
        return new Candidate(
            Manifest(message, model, history, old, now),
            // Its content was looked at a moment ago, under its old name.
            paths.Data, paths.Profile, DataFile.IsAsLong);
    }

    /// <summary>The outcome to announce, once the version has its number.</summary>
    public static RefreshOutcome Outcome(RollBackModel message, Manifest version) =>
        VersionOutcome.Of(version, Contracts.Outcome.Published, worst: null) with { RolledBackTo = message.ToVersion };

    // Who has altered it has made it something that nobody has checked.
    private static void RequireUnaltered(
        string name, ModelPaths model, (Manifest Manifest, string Sha256) read)
    {
        var (old, paths) = (read.Manifest, model.Version(read.Manifest.Version));
        var hint = $"Choose another, and see what was altered: benchmark verify {name}";
        if (CommittedVersion.TryVerify(model, read, DataFile.IsUntouchedOrMatches(paths)) is null)
            throw new RefusedException($"The data of version {old.Version} was altered since it was published.", hint);
        try
        {
            var (profile, sha256) = VolumeJson.ReadWithSha256<Profile>(paths.Profile);
            if (profile.Rows == old.Rows && (old.ProfileSha256 ?? sha256) == sha256)
                return;
            throw new RefusedException(
                $"The profile of version {old.Version} was altered since it was published.", hint);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw new RefusedException($"Version {old.Version} is not whole: {e.Message}", hint);
        }
    }

    // Its own checks still hold; what compared it with other versions does not say anything of what it replaces now.
    private static Manifest Manifest(
        RollBackModel message, ModelPaths model, VersionHistory history, Manifest old, DateTimeOffset now) => old with
        {
            Version = history.Next,
            File = model.FileName,
            PreviousManifestSha256 = history.HighestManifestSha256(),
            RunId = message.RunId,
            RequestedBy = message.RequestedBy,
            Reason = message.Reason,
            PublishedAt = now,
            RefreshedRunId = null,
            Checks = [.. old.Checks.Where(check => !ComparesVersions(check.Check))],
            Drift = null,
            Forced = null,
            AcceptedFrom = null,
            RolledBackFrom = message.ToVersion,
        };

    private static bool ComparesVersions(CheckName check) =>
        CheckDescription.Of(check).IsOverruledByForce || check is CheckName.OutOfRange or CheckName.Missing;
}
