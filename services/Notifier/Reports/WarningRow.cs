using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Notifier.Reports;

/// <summary>A row of the report: a warning, and the models that were published with it.</summary>
public sealed record WarningRow : IReportRow
{
    /// <summary>The check that warned; empty when it is not known.</summary>
    public required string Check { get; init; }

    /// <summary>What it said, of the first of the models.</summary>
    public required string Message { get; init; }

    /// <summary>The models' names.</summary>
    public required string Names { get; init; }

    public required int Models { get; init; }

    /// <summary>What the message is of, where it is of several.</summary>
    public string? Such => Models == 1 ? null : "for example:";

    /// <summary>Every warning that no other part of the report tells, by cause, the most frequent first.</summary>
    internal static IReadOnlyList<IReadOnlyList<Warning>> Groups(ReportFacts facts) =>
        [.. facts.Warned.SelectMany(model => Of(model, facts))
            .GroupBy(warning => (warning.Check, warning.Cause))
            .Select(same => same.ToArray())
            .OrderByDescending(same => same.Length)];

    internal static WarningRow Of(IReadOnlyList<Warning> same, ReportLengths lengths)
    {
        string[] names = [.. same.Select(warning => warning.Model.Name.ToString()).Distinct()];
        return new WarningRow
        {
            Check = same[0].Check,
            Message = Wording.Clipped(Wording.OneLine(same[0].Message), lengths.Reason),
            Names = Wording.Names(names, lengths.Names),
            Models = names.Length,
        };
    }

    private static IEnumerable<Warning> Of(RefreshOutcome model, ReportFacts facts)
    {
        var known = facts.KnownOf(model);
        CheckResult[] warnings = [.. known.Checks.Where(check => check.Status == CheckStatus.Warn)];
        foreach (var warning in warnings.Where(warning => !facts.TellsDriftOf(model, warning)))
            yield return new Warning(
                model, warning.Check.Word(), warning.Message,
                FailureGroup.Cause(warning.Message, model, known.Definition?.Table));
        if (model.Warnings > warnings.Length)
        {
            var unknown = model.Warnings - warnings.Length;
            var message = $"{Wording.Count(unknown, "warning")} that could not be read: "
                + "see manifest.json of the version.";
            yield return new Warning(model, "", message, message);
        }
    }

    /// <summary>One warning of one model.</summary>
    internal sealed record Warning(RefreshOutcome Model, string Check, string Message, string Cause);
}
