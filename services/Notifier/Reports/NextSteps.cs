using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>What somebody has to do about a failure.</summary>
internal static class NextSteps
{
    public static string Of(RunSummary run, RefreshOutcome model, ModelFacts facts) => model switch
    {
        { Hint: { Length: > 0 } hint } => hint,
        { Outcome: Outcome.Rejected } =>
            $"{Served(facts)}The data and its checks lie in "
            + $"{facts.RejectedIn ?? $".rejected/{run.RunId} of the model"}. {AfterChecks(model, facts)}",
        { Outcome: Outcome.Missing } =>
            $"It was last seen at: {model.Stage.Word()}. Look at that service and its queue; then: {Again(model)}",
        _ => $"{Served(facts)}When the cause is gone: {Again(model)}",
    };

    private static string Served(ModelFacts facts) => facts.Served switch
    {
        true => "The version before keeps serving. ",
        false => "Nothing is served yet. ",
        null => "",
    };

    private static string AfterChecks(RefreshOutcome model, ModelFacts facts)
    {
        CheckName[] failed = [.. facts.Checks
            .Where(check => check.Status == CheckStatus.Fail)
            .Select(check => check.Check)];
        return failed is []
            ? $"When the data, or the rule that it broke, is right: {Again(model)}"
            : CheckDescription.NextStepAfter(failed, model.Name);
    }

    private static string Again(RefreshOutcome model) => $"benchmark refresh {model.Name}";
}
