using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Validator.Checks;
using Microsoft.Extensions.Options;

namespace Benchmark.Validator;

/// <summary>
/// Checks staged data and moves it to the rejected area if it fails. A repetition gives the same verdict.
/// </summary>
internal sealed class Examination(
    VolumeLayout volume, IRegistry registry, IOptions<ValidatorOptions> options, TimeProvider time)
{
    /// <exception cref="ArgumentException">A name in the message is invalid.</exception>
    /// <exception cref="IOException">The volume has failed, or has nothing of this refresh.</exception>
    public Verdict Examine(ModelStaged message, CancellationToken ct)
    {
        var paths = volume.Model(message.ValueStream, message.Model);
        var staged = paths.Staging(message.RunId, message.Attempt);
        if (message.Unchanged is { } unchanged)
        {
            if (CheckServed(message, unchanged, paths, ct) is { Accepted: true } same)
                return new Verdict.Accepted(same) { Unchanged = unchanged };
            if (!unchanged.TryStage(staged))
                return FindEarlierVerdict(paths, message);
        }
        if (VolumeJson.ReadIfThere<StagedFacts>(staged.Facts) is not { } facts)
            return FindEarlierVerdict(paths, message);

        try
        {
            return Examine(message, staged, facts, paths, ct);
        }
        // Another Validator has settled it meanwhile.
        catch (IOException) when (!Posix.Exists(staged.Data))
        {
            return FindEarlierVerdict(paths, message);
        }
    }

    private Verdict Examine(
        ModelStaged message, StagedPaths staged, StagedFacts facts, ModelPaths paths, CancellationToken ct)
    {
        var model = registry.Pinned(facts.RegistrySha256).Find(message.ValueStream, message.Model);
        var report = Check(message, staged, facts, model, paths, ct);
        if (report.Accepted)
            return new Verdict.Accepted(report);

        RejectedArea.Move(staged, paths, message.RunId);
        if (model is not null)
            RejectedArea.RemoveOld(paths, message.RunId, time.GetUtcNow().AddDays(-model.KeepRejectedDays));
        return Rejected(paths.Rejected(message.RunId));
    }

    // Rows that readers have differ from theirs in nothing, but the rules may be others by now, and the data too old.
    // Read by the version's name, the file proves by its SHA-256 that it is what was fetched, and was not altered.
    private ValidationReport? CheckServed(
        ModelStaged message, UnchangedRows unchanged, ModelPaths paths, CancellationToken ct)
    {
        var (started, facts) = (time.GetTimestamp(), unchanged.Facts);
        if (registry.Pinned(facts.RegistrySha256).Find(message.ValueStream, message.Model) is not { } model)
            return null;
        try
        {
            var compared = ComparedVersions.None;
            var scan = Scan(paths.Version(unchanged.Version).Data, facts, model, compared, ct);
            var report = Gate.Judge(scan, message, facts, model, compared, time.GetUtcNow());
            // What is not accepted is examined once more, as others are.
            if (report.Accepted)
                ValidationMetrics.Examined(message.ValueStream, report, time.GetElapsedTime(started));
            return report;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private CsvScan Scan(
        string data, StagedFacts facts, ModelDefinition model, ComparedVersions compared, CancellationToken ct) =>
        CsvScan.Of(
            data, column => Gate.Plan(column, model, facts, compared), model.Key, options.Value.Memory, ct);

    private ValidationReport Check(
        ModelStaged message,
        StagedPaths staged,
        StagedFacts facts,
        ModelDefinition? model,
        ModelPaths paths,
        CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var report = Gate.Unknown(message, time.GetUtcNow());
        if (model is not null)
        {
            var compared = ComparedVersions.Read(paths, model);
            var scan = Scan(staged.Data, facts, model, compared, ct);
            report = Gate.Judge(scan, message, facts, model, compared, time.GetUtcNow());
            // Where there is a profile, the message was handled before: its report counts, and the Publisher may be
            // reading both. Looked for only now: mostly there is none, and every look is a round trip.
            if (!VolumeJson.TryCreate(staged.Profile, scan.Profile))
            {
                if (VolumeJson.TryRead<ValidationReport>(staged.Report) is { } earlier)
                    return earlier;
                // That Validator was killed, and may have left a part.
                VolumeJson.Write(staged.Profile, scan.Profile);
            }
        }
        // Written last, so that a report always means that everything else is written.
        if (!VolumeJson.TryCreate(staged.Report, report))
            VolumeJson.Write(staged.Report, report);
        // Here, because a redelivery of the message finds the report.
        ValidationMetrics.Examined(message.ValueStream, report, time.GetElapsedTime(started));
        return report;
    }

    // The staged files are gone, because this message, or another attempt of the run, was handled before.
    private static Verdict FindEarlierVerdict(ModelPaths paths, ModelStaged message)
    {
        foreach (var version in PublishedVersions.All(paths).Reverse())
        {
            if (VolumeJson.Read<Manifest>(paths.Version(version).Manifest).RunId == message.RunId)
                return new Verdict.AlreadySettled(version);
        }
        var served = VolumeJson.ReadIfThere<Manifest>(paths.Manifest);
        if (served?.RefreshedRunId == message.RunId)
            return new Verdict.AlreadySettled(served.Version);
        // Before data that was fetched later: a Validator may have been killed before it announced the rejection.
        var rejected = paths.Rejected(message.RunId);
        if (Posix.Exists(rejected.Report))
        {
            RejectedArea.LeaveMark(paths, message.RunId);
            return Rejected(rejected);
        }
        return served is not null && IsAfter(served, message)
            ? new Verdict.AlreadySettled(served.Version)
            : throw new DirectoryNotFoundException(
                $"{paths.Relative(paths.Staging(message.RunId, message.Attempt).Facts)} does not exist, and nothing of"
                + $" run {message.RunId} was published or rejected."
                + " Check that the volume is mounted and is the one that the Fetcher writes to.");
    }

    // By the clock of the volume, which is one for all machines.
    private static bool IsAfter(Manifest served, ModelStaged message) =>
        served.VolumeTime is { } theirs && message.VolumeTime is { } ours
            ? theirs > ours : served.RefreshedAt > message.FetchedAt;

    private static Verdict.Rejected Rejected(StagedPaths files)
    {
        var rows = Posix.Exists(files.Profile)
            ? VolumeJson.Read<Profile>(files.Profile).Rows
            : VolumeJson.Read<StagedFacts>(files.Facts).Rows;
        var report = VolumeJson.Read<ValidationReport>(files.Report);
        return new Verdict.Rejected(report, rows, new FileInfo(files.Data).Length);
    }
}
