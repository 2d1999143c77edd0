using Benchmark.Contracts;
using Benchmark.Data;

namespace Benchmark.Notifier.Reports;

/// <summary>A row of the report: models that were not published for the same reason.</summary>
public sealed record FailureRow : IReportRow
{
    private const int LongestOwners = 200;

    public required Outcome Outcome { get; init; }

    /// <summary><c>35 rejected</c>, or the word alone for one model.</summary>
    public required string Title { get; init; }

    /// <summary>Where it happened.</summary>
    public required string Stage { get; init; }

    /// <summary>The models' names.</summary>
    public required string Names { get; init; }

    /// <summary>The address of the page of the only model; null for several, or where there are no pages.</summary>
    public string? Link { get; init; }

    /// <summary>Why, a line each, as said of the first.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary><c>owner: risk-analytics@bank.example</c>, or several; null when nobody is known.</summary>
    public string? Owner { get; init; }

    public required NextStep Next { get; init; }

    public required int Models { get; init; }

    /// <summary>What the reason is of, where it is of several.</summary>
    public string? Such => Models == 1 ? null : "For example:";

    internal static FailureRow Of(FailureGroup group, ReportFacts facts, ReportLengths lengths)
    {
        var (first, models) = (group.Models[0], group.Models.Count);
        string[] owners = [.. group.Models.Select(facts.OwnerOf).OfType<string>().Distinct()];
        return new FailureRow
        {
            Outcome = group.Outcome,
            Models = models,
            Title = models == 1 ? group.Outcome.Word() : $"{Wording.Number(models)} {group.Outcome.Word()}",
            Stage = group.Stage.Word(),
            Names = Wording.Names([.. group.Models.Select(model => model.Name.ToString())], lengths.Names),
            Link = models == 1 ? facts.Context.Links?.To(first.Name) : null,
            Reasons = Wording.Lines(group.Reason, lengths.Reasons, lengths.Reason),
            Owner = owners is [] ? null
                : $"{(owners.Length == 1 ? "owner" : "owners")}: {Wording.Names(owners, LongestOwners)}",
            Next = Clipped(facts.NextStepOf(group), lengths),
        };
    }

    // Half a command must not be pasted.
    private static NextStep Clipped(NextStep step, ReportLengths lengths) => new(
        Wording.Clipped(Wording.OneLine(step.Words), lengths.Reason),
        step.Command is { } command && command.Length <= lengths.Names + 200 ? command : null);
}
