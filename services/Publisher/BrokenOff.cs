using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>What readers see of a version that was committed before the volume failed for good.</summary>
/// <param name="Version">The version that the run has made.</param>
/// <param name="IsServed">Whether <c>benchmark.csv</c> is it, or a higher one.</param>
internal sealed record BrokenOff(Manifest Version, bool IsServed)
{
    private const string Hint = "Make room on the volume, or repair it. Nothing is lost, and nothing need be "
        + "refreshed: the Publisher tries again every 15 minutes, when it starts, and at the next refresh of the "
        + "model.";

    /// <summary>Looks what the run has left.</summary>
    /// <returns>Null when it has committed nothing, or nobody can tell.</returns>
    public static BrokenOff? Look(ModelPaths model, Guid runId, DateTimeOffset since, ILogger logger)
    {
        try
        {
            var history = new VersionHistory(model, logger);
            return history.MadeBy(runId, since) is { } own && history.Highest is { } highest
                ? new BrokenOff(own, Posix.Identity(model.Benchmark) == Posix.Identity(model.Version(highest).Data))
                : null;
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException or RefusedException)
        {
            return null;
        }
    }

    /// <summary>
    /// What to announce after the last attempt: what readers see decides, not the call that failed last.
    /// </summary>
    /// <param name="failure">What ended that attempt.</param>
    /// <param name="served">The outcome of a version that is served.</param>
    /// <param name="refused">That of one that is not.</param>
    public RefreshOutcome Outcome(
        Exception failure, Func<Manifest, RefreshOutcome> served, Func<RefusedException, RefreshOutcome> refused) =>
        IsServed
            ? served(Version) with { Reason = Reason(failure), Hint = Hint }
            : refused(new RefusedException(Reason(failure), Hint));

    private string Reason(Exception failure) => IsServed
        ? $"Readers have version {Version.Version}, but its facts are not yet written: {failure.Message}"
        : $"Version {Version.Version} is complete, but readers still have the one before: {failure.Message}";
}
