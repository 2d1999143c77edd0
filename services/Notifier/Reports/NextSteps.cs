using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>What somebody has to do about a failure.</summary>
internal static class NextSteps
{
    // The comparisons that 'benchmark refresh --force' overrules: the data may be right and only different.
    private static readonly CheckName[] s_comparisons =
        [CheckName.Drift, CheckName.CumulativeDrift, CheckName.RowsChange, CheckName.SchemaChange];

    public static string Of(RunSummary run, RefreshOutcome model, ModelFacts facts) => model switch
    {
        { Hint: { Length: > 0 } hint } => hint,
        { Outcome: Outcome.Rejected } =>
            $"{Served(facts)}The data and its checks lie in .rejected/{run.RunId} of the model. "
            + AfterChecks(model, facts),
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
        return failed switch
        {
            [] => $"When the data, or the rule that it broke, is right: {Again(model)}",
            _ when failed.All(s_comparisons.Contains) =>
                $"Look at the data. If it is right: {Again(model)} --force --reason TEXT",
            _ when failed.All(check => check == CheckName.Integrity) => $"Fetch it again: {Again(model)}",
            _ => $"Correct the source's data or, if that is right, the rule in the registry; then: {Again(model)}",
        };
    }

    private static string Again(RefreshOutcome model) => $"benchmark refresh {model.Name}";
}
