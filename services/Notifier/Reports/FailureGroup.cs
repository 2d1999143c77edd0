using System.Text.RegularExpressions;
using Benchmark.Contracts;

namespace Benchmark.Notifier.Reports;

/// <summary>Models that ended in the same way for the same reason, apart from their names and numbers.</summary>
/// <param name="Outcome">How they ended.</param>
/// <param name="Stage">Where.</param>
/// <param name="Reason">Why, as said of the first of them; empty when no reason was given.</param>
/// <param name="Models">They, at least one.</param>
public sealed partial record FailureGroup(
    Outcome Outcome, Stage Stage, string Reason, IReadOnlyList<RefreshOutcome> Models)
{
    // What differs only later is not worth a row of its own, and a run may have 60,000 warnings to compare.
    private const int LongestCause = 1000;

    /// <summary>Groups failures, the largest group of each outcome first.</summary>
    /// <param name="failures">The failures.</param>
    /// <param name="tableOf">The table that a model is read from; null where it is not known.</param>
    public static IReadOnlyList<FailureGroup> Of(
        IEnumerable<RefreshOutcome> failures, Func<RefreshOutcome, string?>? tableOf = null) =>
        [.. failures
            .GroupBy(model => (
                model.Outcome!.Value, model.Stage, Cause: Cause(model.Reason ?? "", model, tableOf?.Invoke(model))))
            .Select(same => new FailureGroup(
                same.Key.Value, same.Key.Stage, same.First().Reason ?? "", [.. same]))
            .OrderBy(group => Array.IndexOf(ReportFacts.FailureOutcomes, group.Outcome))
            .ThenByDescending(group => group.Models.Count)];

    /// <summary>
    /// A text about a model without what differs from model to model: names, tables, ids and numbers.
    /// </summary>
    internal static string Cause(string text, RefreshOutcome model, string? table)
    {
        text = Wording.Clipped(text, 2 * LongestCause);
        // A table is often named like its model, in upper case; the longest names go first, as they hold the others.
        string?[] names =
            [table, table?.Split('.')[^1], $"{model.Name}", $"{model.ValueStream}.{model.Model}", model.Model];
        foreach (var name in names.OfType<string>().Where(name => name.Length > 0))
            text = WithoutName(text, name.Trim('"'));
        return Wording.Clipped(Numbers().Replace(Ids().Replace(text, "#"), "#"), LongestCause);
    }

    // Only whole words: model 'a' must not take the letter out of every other word.
    private static string WithoutName(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0 && name.Length > 0;
            at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if ((at > 0 && char.IsLetterOrDigit(text[at - 1]))
                || (end < text.Length && char.IsLetterOrDigit(text[end])))
                continue;
            text = $"{text[..at]}*{text[end..]}";
        }
        return text;
    }

    // Of runs, of queries and SHA-256: hexadecimal digits with or without hyphens.
    [GeneratedRegex(@"\b(?=[0-9a-fA-F-]*[0-9])[0-9a-fA-F]{4,}(-[0-9a-fA-F]{2,})+\b|\b(?=[a-f]*[0-9])[0-9a-f]{16,}\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Ids();

    [GeneratedRegex(@"[-+−]?\d+([.,:]\d+)*([eE][-+]?\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
