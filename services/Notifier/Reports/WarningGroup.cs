using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Notifier.Reports;

/// <summary>Models that were published with the same warning, apart from their names and numbers.</summary>
/// <param name="Check">
/// The check that warned, or the stage where something went wrong; empty when it is not known.
/// </param>
/// <param name="Message">What it said, of the first of them.</param>
/// <param name="Models">They, at least one.</param>
internal sealed record WarningGroup(string Check, string Message, IReadOnlyList<ModelKey> Models)
{
    /// <summary>Every warning that no other part of the report tells, the most frequent first.</summary>
    public static IReadOnlyList<WarningGroup> Of(ReportFacts facts) =>
        [.. facts.Warned.SelectMany(model => Of(model, facts))
            .GroupBy(warning => (warning.Check, warning.Cause))
            .OrderByDescending(same => same.Count())
            .Select(same => new WarningGroup(
                same.Key.Check, same.First().Message, [.. same.Select(warning => warning.Model).Distinct()]))];

    private static IEnumerable<Warning> Of(RefreshOutcome model, ReportFacts facts)
    {
        var known = facts.KnownOf(model);
        Warning Of(string check, string message) =>
            new(model.Name, check, message, FailureGroup.Cause(message, model, known.Definition?.Table));

        if (model.Reason is { Length: > 0 } reason)
            yield return Of(model.Stage.Word(), reason);
        CheckResult[] warnings = [.. known.Checks.Where(check => check.Status == CheckStatus.Warn)];
        foreach (var warning in warnings.Where(warning => !facts.TellsDriftOf(model, warning)))
            yield return Of(warning.Check.Word(), warning.Message);
        if (model.Warnings > warnings.Length)
        {
            var unknown = model.Warnings - warnings.Length;
            var message = $"{Wording.Count(unknown, "warning")} that could not be read: "
                + "see manifest.json of the version.";
            yield return new Warning(model.Name, "", message, message);
        }
    }

    private sealed record Warning(ModelKey Model, string Check, string Message, string Cause);
}
