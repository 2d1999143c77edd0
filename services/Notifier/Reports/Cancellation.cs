using Benchmark.Notifier.Runs;
using Benchmark.Notifier.Sweeps;

namespace Benchmark.Notifier.Reports;

/// <summary>Whether a person ended a run before its end.</summary>
internal static class Cancellation
{
    /// <summary><c>The run was cancelled by the operator.</c> Null when nobody ended it.</summary>
    public static string? Of(RunSummary run) => run.CloseReason switch
    {
        null => null,
        var reason when reason.StartsWith(OverdueRuns.DeadlineReason, StringComparison.Ordinal) => null,
        var reason when reason.StartsWith("cancelled", StringComparison.OrdinalIgnoreCase) =>
            $"The run was {Clean(reason)}.",
        var reason => $"The run was closed by a request: {Clean(reason)}.",
    };

    /// <summary>What to know of a run that has closed without a start; null of any other.</summary>
    public static string? WithoutStart(RunSummary run) => run is { Trigger: null, ClosedAt: not null }
        ? "Nobody has started this run: its messages are forged, of another installation or sent again, or its start "
            + "is lost. See the Notifier's log, and: benchmark errors"
        : null;

    private static string Clean(string reason) => Wording.Clipped(Wording.OneLine(reason).TrimEnd('.'), 200);
}
