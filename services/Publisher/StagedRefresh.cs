using Benchmark.Contracts;
using Benchmark.Contracts.Volume;

namespace Benchmark.Publisher;

/// <summary>What the Fetcher and the Validator wrote to a staging directory.</summary>
internal sealed record StagedRefresh(StagedPaths Paths, StagedFacts Facts, ValidationReport Report)
{
    /// <summary>Reads it; null when it is gone, or half gone because another publisher is removing it.</summary>
    public static StagedRefresh? TryRead(ModelPaths model, ModelValidated message)
    {
        var paths = model.Staging(message.RunId, message.Attempt);
        try
        {
            var staged = new StagedRefresh(
                paths, VolumeJson.Read<StagedFacts>(paths.Facts), VolumeJson.Read<ValidationReport>(paths.Report));
            staged.RefuseForeign(message);
            return staged;
        }
        catch (InvalidDataException e)
        {
            throw new RefusedException(
                e.Message, "Something else wrote into the staging directory. Refresh the model again.");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The facts of the version that this data becomes.</summary>
    public Manifest ToManifest(VersionHistory history, DateTimeOffset publishedAt) => new()
    {
        ValueStream = Facts.ValueStream,
        Model = Facts.Model,
        Version = history.Next,
        File = history.Model.FileName,
        PreviousManifestSha256 = history.HighestManifestSha256(),
        Sha256 = Facts.Sha256,
        Bytes = Facts.Bytes,
        Rows = Facts.Rows,
        Columns = Facts.Columns,
        RunId = Facts.RunId,
        RequestedBy = Facts.RequestedBy,
        Reason = Facts.Reason,
        FetchedAt = Facts.FetchedAt,
        PublishedAt = publishedAt,
        RefreshedAt = Facts.FetchedAt,
        VolumeTime = Facts.VolumeTime,
        Source = Facts.Source,
        RegistrySha256 = Facts.RegistrySha256,
        Checks = Report.Checks,
        Drift = Report.Drift,
        Forced = Forced(),
    };

    private ForcedFacts? Forced()
    {
        CheckName[] overruled = [.. Report.Checks.Where(check => check.WasForced).Select(c => c.Check).Distinct()];
        return overruled is [] ? null
            : new ForcedFacts { By = Facts.RequestedBy, Reason = Facts.Reason, Overruled = overruled };
    }

    // What is staged must be the refresh that the message names, and accepted.
    private void RefuseForeign(ModelValidated message)
    {
        const string hint = "Refresh the model again.";
        if ((Facts.RunId, Facts.ValueStream, Facts.Model, Facts.Attempt)
            != (message.RunId, message.ValueStream, message.Model, message.Attempt))
            throw new RefusedException($"{Paths.Facts} is of run {Facts.RunId}, attempt {Facts.Attempt} "
                + $"of {Facts.ValueStream}/{Facts.Model}, not of the refresh that was checked.", hint);
        if (!Report.Accepted)
            throw new RefusedException($"{Paths.Report} does not accept the data.", hint);
    }
}
