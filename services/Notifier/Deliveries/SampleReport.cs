using Benchmark.Contracts;
using Benchmark.Data.Stability;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Deliveries;

/// <summary>The report of a run that never was, which says so.</summary>
internal static class SampleReport
{
    private const string Stream = "sample_stream";
    private const string Reason = "This is a test of benchmark notify test: nothing was fetched, and nothing is wrong.";

    public static async Task<RunReport> WriteAsync(DateTimeOffset now, string? environment)
    {
        var run = new RunSummary
        {
            RunId = Guid.NewGuid(),
            State = RunState.Incomplete,
            Trigger = RunTrigger.Operator,
            StartedAt = now,
            ClosedAt = now,
            RequestedBy = "benchmark notify test",
            Reason = Reason,
            Models =
            [
                Model("published", Outcome.Published, Stage.Publish) with
                {
                    Version = 7,
                    Rows = 120_000,
                    Bytes = 9_600_000,
                    WorstDrift = new WorstDrift { Column = "score", Psi = 0.31, Band = Band.Moved },
                },
                Model("rejected", Outcome.Rejected, Stage.Validate) with { Reason = Reason, Hint = "Do nothing." },
                Model("missing", Outcome.Missing, Stage.Fetch) with { Reason = Reason, Hint = "Do nothing." },
            ],
        };
        var report = await RunReport.WriteAsync(
            run, new Dictionary<ModelKey, ModelFacts>(), new ReportContext { Environment = environment });
        return report with { Subject = $"Test: {report.Subject}" };
    }

    private static RefreshOutcome Model(string name, Outcome outcome, Stage stage) =>
        new() { ValueStream = Stream, Model = name, Outcome = outcome, Stage = stage };
}
