using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>What to do about models that failed for the same reason.</summary>
internal sealed class NextSteps(RunSummary run)
{
    // A longer command is hard to read and may not paste whole.
    private const int MostNames = 10;

    /// <summary>What to do about them.</summary>
    /// <param name="models">They, at least one.</param>
    /// <param name="facts">What is known of the first of them.</param>
    public NextStep Of(IReadOnlyList<RefreshOutcome> models, ModelFacts facts)
    {
        var first = models[0];
        if (first.Hint is { Length: > 0 } hint)
            return AfterHint(hint, models, facts);
        return first.Outcome switch
        {
            Outcome.Rejected => AfterChecks(models, facts),
            Outcome.Missing when Cancellation.Of(run) is { } cancelled =>
                Then($"{cancelled} When it is wanted after all:", models),
            Outcome.Missing when Again(models) is { } again => new NextStep(
                "The Publisher has not answered: look at it and its queue; it may still do it. If not:", again),
            Outcome.Missing => Then(
                $"{(models.Count == 1 ? "It was" : "They were")} last seen at: {first.Stage.Word()}. Look at that "
                + "service and its queue, then run:", models),
            _ => Then("Fix the cause, then run:", models),
        };
    }

    // Of a run in which nothing is fetched.
    private string? Again(IReadOnlyList<RefreshOutcome> models) => run.Trigger switch
    {
        RunTrigger.Rollback => $"benchmark rollback {models[0].Name} --to N --reason TEXT",
        RunTrigger.Accept => $"benchmark accept {models[0].Name} --run RUN --reason TEXT",
        _ => null,
    };

    // A hint may hold the command already; that of a model that is not in the registry says which there are.
    private NextStep AfterHint(string hint, IReadOnlyList<RefreshOutcome> models, ModelFacts facts)
    {
        var words = models.All(model => model.Hint == hint) ? hint : $"Of the first: {hint}";
        return facts.Definition is null || hint.Contains("benchmark ", StringComparison.Ordinal)
            ? new NextStep(words) : Then($"{words} Then run:", models);
    }

    private NextStep AfterChecks(IReadOnlyList<RefreshOutcome> models, ModelFacts facts)
    {
        var where = models.Count == 1
            ? $"The data and its checks are in {facts.RejectedIn ?? $".rejected/{run.RunId} of the model"}. "
            : $"The data and its checks are in .rejected/{run.RunId} of each model. ";
        CheckName[] failed = [.. facts.Checks
            .Where(check => check.Status == CheckStatus.Fail)
            .Select(check => check.Check).Distinct()];
        var step = failed is [] ? null : NextStep.From(CheckDescription.NextStepAfter(failed, models[0].Name));
        var words = $"{where}{step?.Words ?? "Correct the data or the rule, then run:"}";
        var options = step?.Command?.Split(models[0].Name.ToString())[^1];
        return Then(words, models, options ?? "");
    }

    // '--failed' is for everything that failed in the run, so it must not force what nobody has looked at.
    private NextStep Then(string words, IReadOnlyList<RefreshOutcome> models, string options = "")
    {
        // A name that could mean something to a shell is in no registry.
        string[] names = [.. models.Select(model => model.Name)
            .Where(name => SafeName.IsValid(name.ValueStream) && SafeName.IsValid(name.Model))
            .Select(name => name.ToString())];
        if (names.Length == 0)
            return new NextStep("No model can have this name: correct the request.");
        if (names.Length <= MostNames)
            return new NextStep(words, $"benchmark refresh {string.Join(' ', names)}{options}");
        return options.Length == 0
            ? new NextStep($"{words}", $"benchmark refresh --failed {run.RunId}")
            : new NextStep($"{words} (the first {MostNames}; the others likewise)",
                $"benchmark refresh {string.Join(' ', names.Take(MostNames))}{options}");
    }
}
