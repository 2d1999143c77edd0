using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Runs;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>The models of which nobody is told.</summary>
public sealed class UntoldModels(RunStore runs, IRegistry registry, IOptions<SlackOptions> slack)
{
    /// <summary>
    /// Those of a run, by today's registry: one that has been given an address since is nobody's business any more.
    /// </summary>
    public async Task<IReadOnlyList<ModelKey>> OfAsync(Guid runId, CancellationToken ct) =>
        await runs.FindAsync(runId, ct) is { } run
            ? Routing.Untold(run.Models.Select(model => model.Name), registry.Current, slack.Value.IsEnabled)
            : [];

    /// <summary>Those of a registry.</summary>
    /// <param name="all">The registry.</param>
    /// <param name="slack">Whether Slack is configured.</param>
    public static IReadOnlyList<ModelKey> Of(ModelRegistry all, bool slack) =>
        Routing.Untold(all.Models.Select(model => model.Name), all, slack);
}
