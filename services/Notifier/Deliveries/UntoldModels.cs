using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

namespace Benchmark.Notifier.Deliveries;

/// <summary>The models of which nobody is told.</summary>
public static class UntoldModels
{
    /// <summary>Those of a registry.</summary>
    /// <param name="all">The registry.</param>
    /// <param name="slack">Whether Slack is configured.</param>
    public static IReadOnlyList<ModelKey> Of(ModelRegistry all, bool slack) =>
        Routing.Untold(all.Models.Select(model => model.Name), all, slack);
}
