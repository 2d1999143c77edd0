using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;

namespace Benchmark.Publisher.Requests;

/// <summary>The rejected data that a person accepts.</summary>
internal static class RejectedRefresh
{
    /// <summary>The next version, from the rejected data as it lies there.</summary>
    /// <exception cref="RefusedException">It cannot be accepted; nothing has changed.</exception>
    public static Candidate Of(AcceptRejected message, ModelPaths model, VersionHistory history, DateTimeOffset now)
    {
        var name = $"{message.ValueStream}/{message.Model}";
        var paths = model.Rejected(message.RejectedRunId);
        var (facts, report) = Read(message, name, paths);
        if (Overruling.Firm(report) is { Count: > 0 } firm)
            throw new RefusedException(
                Overruling.Refusal(firm), CheckDescription.NextStepAfter(firm, facts.Name()));
        if (history.Current() is { } current && current.Sha256 == facts.Sha256)
            throw new RefusedException(
                $"Version {current.Version} of {name}, which is served, has this data already.",
                $"See what there is: benchmark history {name}");
        var accepted = report with { Checks = [.. report.Checks.Select(OverruledIfFailed)] };
        var manifest = new StagedRefresh(paths, facts, accepted).ToManifest(history, now) with
        {
            RunId = message.RunId,
            RequestedBy = message.RequestedBy,
            Reason = message.Reason,
            Forced = new ForcedFacts
            {
                By = message.RequestedBy,
                Reason = message.Reason,
                Overruled = Overruling.Failed(report),
            },
            AcceptedFrom = message.RejectedRunId,
        };
        return new Candidate(manifest, paths.Data, paths.Profile, DataFile.Matches);
    }

    /// <summary>The outcome to announce, once the version has its number.</summary>
    public static RefreshOutcome Outcome(AcceptRejected message, Manifest version) =>
        VersionOutcome.Of(version, Contracts.Outcome.Published, version.Drift?.Worst) with
        {
            Warnings = version.Checks.Count(check => check.Status == CheckStatus.Warn),
            AcceptedFrom = message.RejectedRunId,
            Overruled = version.Forced?.Overruled,
        };

    private static (StagedFacts Facts, ValidationReport Report) Read(
        AcceptRejected message, string name, StagedPaths paths)
    {
        var hint = $"Fetch the data again: benchmark refresh {name} --force --reason TEXT";
        try
        {
            var facts = VolumeJson.Read<StagedFacts>(paths.Facts);
            var report = VolumeJson.Read<ValidationReport>(paths.Report);
            var profile = VolumeJson.Read<Profile>(paths.Profile);
            if ((facts.RunId, facts.ValueStream, facts.Model)
                != (message.RejectedRunId, message.ValueStream, message.Model) || profile.Rows != facts.Rows)
                throw new RefusedException(
                    $"What is in {paths.Directory} is not what run {message.RejectedRunId} has rejected.", hint);
            return (facts, report);
        }
        catch (FileNotFoundException e)
        {
            throw new RefusedException(
                $"Run {message.RejectedRunId} has rejected no data of {name}, or it is no longer kept: {e.Message}",
                hint);
        }
        catch (InvalidDataException e)
        {
            throw new RefusedException(e.Message, hint);
        }
    }

    private static CheckResult OverruledIfFailed(CheckResult check) =>
        check.Status == CheckStatus.Fail ? check.AsOverruled() : check;

    private static ModelKey Name(this StagedFacts facts) =>
        new() { ValueStream = facts.ValueStream, Model = facts.Model };
}
