using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Profiling;
using Benchmark.Data.Scanning;
using Benchmark.Validator.Checks;
using Microsoft.Extensions.Options;

namespace Benchmark.Validator;

/// <summary>
/// Examines staged data and leaves it where its verdict puts it. Doing it again ends in the same place.
/// </summary>
internal sealed class Examination(
    VolumeLayout volume, IRegistry registry, IOptions<ValidatorOptions> options, TimeProvider time)
{
    /// <exception cref="ArgumentException">The message's names are not names.</exception>
    /// <exception cref="IOException">The volume failed, or has nothing of this refresh.</exception>
    public Verdict Of(ModelStaged message, CancellationToken ct)
    {
        var paths = volume.Model(message.ValueStream, message.Model);
        var staged = paths.Staging(message.RunId, message.Attempt);
        if (!File.Exists(staged.Facts))
            return Before(paths, message);

        var facts = VolumeJson.Read<StagedFacts>(staged.Facts);
        var model = registry.Pinned(facts.RegistrySha256).Find(message.ValueStream, message.Model);
        // The report is written last: where there is one, the message came again after a verdict.
        var report = File.Exists(staged.Report)
            ? VolumeJson.Read<ValidationReport>(staged.Report)
            : Examine(message, staged, facts, model, paths, ct);
        if (report.Accepted)
            return new Verdict.Accepted(report);

        RejectedArea.Take(staged, paths, message.RunId);
        if (model is not null)
            RejectedArea.Sweep(paths, message.RunId, time.GetUtcNow().AddDays(-model.KeepRejectedDays));
        return Rejected(paths.Rejected(message.RunId));
    }

    private ValidationReport Examine(
        ModelStaged message,
        StagedPaths staged,
        StagedFacts facts,
        ModelDefinition? model,
        ModelPaths paths,
        CancellationToken ct)
    {
        var report = Gate.Unknown(message, time.GetUtcNow());
        if (model is not null)
        {
            var benchmarks = Benchmarks.Read(paths, model);
            var scan = CsvScan.Run(
                staged.Data, column =>
                    Gate.Plan(column, model, facts, benchmarks), model.Key, options.Value.Memory, ct);
            VolumeJson.Write(staged.Profile, scan.Profile);
            report = Gate.Judge(scan, message, facts, model, benchmarks, time.GetUtcNow());
        }
        // Last: a report that is there is the whole verdict.
        VolumeJson.Write(staged.Report, report);
        return report;
    }

    // The staged files are gone: someone was done with them before this message came, or came again.
    private static Verdict Before(ModelPaths paths, ModelStaged message)
    {
        foreach (var version in PublishedVersions.All(paths).Reverse())
        {
            if (VolumeJson.Read<Manifest>(paths.Version(version).Manifest).RunId == message.RunId)
                return new Verdict.SettledBefore(version);
        }
        // No version came of it, and that is well: the same data was served already, or data fetched later.
        if (File.Exists(paths.Manifest) && VolumeJson.Read<Manifest>(paths.Manifest) is var served
            && (served.RefreshedRunId == message.RunId || served.RefreshedAt > message.FetchedAt))
            return new Verdict.SettledBefore(served.Version);

        var rejected = paths.Rejected(message.RunId);
        return File.Exists(rejected.Report)
            ? Rejected(rejected)
            : throw new DirectoryNotFoundException(
                $"{paths.Relative(paths.Staging(message.RunId, message.Attempt).Facts)} does not exist, and nothing of"
                + $" run {message.RunId} was published or rejected."
                + " Is the volume mounted, and the one that the Fetcher writes to?");
    }

    private static Verdict.Rejected Rejected(StagedPaths files)
    {
        var rows = File.Exists(files.Profile)
            ? VolumeJson.Read<Profile>(files.Profile).Rows
            : VolumeJson.Read<StagedFacts>(files.Facts).Rows;
        var report = VolumeJson.Read<ValidationReport>(files.Report);
        return new Verdict.Rejected(report, rows, new FileInfo(files.Data).Length);
    }
}
