using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Runs;

/// <summary>A closed run and the deliveries of its reports.</summary>
internal sealed record RunResult(RunSummary Run, IReadOnlyList<Delivery> Deliveries)
{
    /// <summary>0 when every model was refreshed, 2 otherwise.</summary>
    public int ExitCode => Run.Models.All(model => model.IsRefreshed)
        ? Cli.ExitCode.Done : Cli.ExitCode.SomeNotRefreshed;
}
