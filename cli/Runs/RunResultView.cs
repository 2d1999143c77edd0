using Benchmark.Notifier.Deliveries;

namespace Benchmark.Cli.Runs;

/// <summary>Shows the result of a run as JSON, tables or lines.</summary>
internal static class RunResultView
{
    public static void Show(Invocation invocation, RunResult result)
    {
        if (invocation.Json)
            invocation.Terminal.Json(result.Run.WithoutHints() with
            {
                Deliveries = [.. result.Deliveries.Select(DeliveryState.Of)],
            });
        else if (invocation.Terminal.IsInteractive)
            new RunResultTables(invocation.Volume, invocation.Terminal).Show(result);
        else
            new RunResultLines(invocation.Volume).Show(result, invocation.Terminal);
    }
}
