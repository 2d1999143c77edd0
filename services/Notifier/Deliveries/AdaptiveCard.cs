using System.Text.Json.Nodes;
using Benchmark.Data;
using Benchmark.Notifier.Reports;

namespace Benchmark.Notifier.Deliveries;

/// <summary>
/// A report as an Adaptive Card, https://adaptivecards.io/explorer; Teams refuses messages of more than 28 KB.
/// </summary>
internal static class AdaptiveCard
{
    private const int MaxCauses = 8;
    private const int MaxMoved = 8;
    private const int NamesOfOneCause = 5;
    private const int LongestReason = 300;
    private const int LongestName = 130;

    public static JsonObject Of(RunReport report, string? environment, string? url)
    {
        var (facts, causes) = (report.Facts, report.Facts.FailureGroups);
        var body = new JsonArray(
            Line(Clipped(report.Subject, LongestReason), bold: true),
            new JsonObject
            {
                ["type"] = "FactSet",
                ["facts"] = new JsonArray([.. facts.Counts.Select(count => new JsonObject
                {
                    ["title"] = count.Outcome.Word(),
                    ["value"] = $"{count.Models}",
                })]),
            });
        if (Intervention.Of(facts.Run) is { } intervention)
            body.Add(Line(Clipped(intervention, LongestReason)));
        foreach (var cause in causes.Take(MaxCauses))
            body.Add(Line(Text(cause)));
        if (causes.Count > MaxCauses)
            body.Add(Line($"and {causes.Skip(MaxCauses).Sum(cause => cause.Models.Count)} more for other reasons"));
        foreach (var model in facts.Drifted.Take(MaxMoved))
            body.Add(Line($"{Clipped($"{model.Name}", LongestName)}: {Clipped(model.WorstDrift!.Column, LongestName)} "
                + $"{model.WorstDrift.Band.Word()} {Wording.Psi(model.WorstDrift.Psi)}"));
        body.Add(Line($"{(environment is null ? "" : $"{Clipped(environment, LongestName)} · ")}"
            + $"benchmark runs {facts.Run.RunId}"));
        return Attachment(body, url);
    }

    private static JsonObject Attachment(JsonArray body, string? url)
    {
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
        };
        if (url is not null)
            card["actions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Action.OpenUrl",
                ["title"] = "The run in full",
                ["url"] = url,
            });
        return new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = card,
        };
    }

    // Not a TextBlock, which reads its text as Markdown: names have underscores.
    private static JsonObject Line(string text, bool bold = false) => new()
    {
        ["type"] = "RichTextBlock",
        ["inlines"] = new JsonArray(new JsonObject
        {
            ["type"] = "TextRun",
            ["text"] = text,
            ["weight"] = bold ? "Bolder" : "Default",
        }),
    };

    private static string Text(FailureGroup cause)
    {
        var names = cause.Models.Take(NamesOfOneCause).Select(model => Clipped($"{model.Name}", LongestName));
        var more = cause.Models.Count > NamesOfOneCause ? $" and {cause.Models.Count - NamesOfOneCause} more" : "";
        return $"{cause.Models.Count} {cause.Outcome.Word()} at {cause.Stage.Word()}: "
            + $"{Clipped(cause.Reason.Split('\n')[0], LongestReason)} ({string.Join(", ", names)}{more})";
    }

    private static string Clipped(string text, int length) =>
        text.Length <= length ? text : $"{text[..(length - 1)]}…";
}
