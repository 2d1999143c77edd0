using Benchmark.Contracts;

namespace Benchmark.Notifier.Reports;

/// <summary>Models that ended in the same way for the same reason, apart from their names.</summary>
/// <param name="Outcome">How they ended.</param>
/// <param name="Stage">Where.</param>
/// <param name="Reason">Why, as said of the first of them; empty when no reason was given.</param>
/// <param name="Models">They, at least one.</param>
public sealed record FailureGroup(
    Outcome Outcome, Stage Stage, string Reason, IReadOnlyList<RefreshOutcome> Models)
{
    /// <summary>Groups failures, the largest group of each outcome first.</summary>
    public static IReadOnlyList<FailureGroup> Of(IEnumerable<RefreshOutcome> failures) =>
        [.. failures
            .GroupBy(model => (model.Outcome!.Value, model.Stage, Cause: WithoutNames(model)))
            .Select(same => new FailureGroup(
                same.Key.Value, same.Key.Stage, same.First().Reason ?? "", [.. same]))
            .OrderBy(group => Array.IndexOf(ReportFacts.FailureOutcomes, group.Outcome))
            .ThenByDescending(group => group.Models.Count)];

    // A table is often named like its model, in upper case.
    private static string WithoutNames(RefreshOutcome model) => (model.Reason ?? "")
        .Replace(model.Name.ToString(), "*", StringComparison.OrdinalIgnoreCase)
        .Replace($"{model.ValueStream}.{model.Model}", "*", StringComparison.OrdinalIgnoreCase)
        .Replace(model.Model, "*", StringComparison.OrdinalIgnoreCase);
}
