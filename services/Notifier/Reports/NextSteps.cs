using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>What to do about a failure.</summary>
internal static class NextSteps
{
    public static string Of(RunSummary run, RefreshOutcome model, ModelFacts facts) => model switch
    {
        { Hint: { Length: > 0 } hint } => hint,
        { Outcome: Outcome.Rejected } =>
            $"{Served(facts)}The data and its checks are in "
            + $"{facts.RejectedIn ?? $".rejected/{run.RunId} of the model"}. {AfterChecks(model, facts)}",
        { Outcome: Outcome.Missing } =>
            $"It was last seen at: {model.Stage.Word()}. "
            + $"Look at that service and its queue, then run: {Refresh(model)}",
        _ => $"{Served(facts)}Fix the cause, then run: {Refresh(model)}",
    };

    private static string Served(ModelFacts facts) => facts.Served switch
    {
        true => "The previous version stays published. ",
        false => "Nothing is published yet. ",
        null => "",
    };

    private static string AfterChecks(RefreshOutcome model, ModelFacts facts)
    {
        CheckName[] failed = [.. facts.Checks
            .Where(check => check.Status == CheckStatus.Fail)
            .Select(check => check.Check)];
        return failed is []
            ? $"Correct the data or the rule, then run: {Refresh(model)}"
            : CheckDescription.NextStepAfter(failed, model.Name);
    }

    private static string Refresh(RefreshOutcome model) => $"benchmark refresh {model.Name}";
}
