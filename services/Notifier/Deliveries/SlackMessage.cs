using Benchmark.Data;
using Benchmark.Notifier.Reports;

namespace Benchmark.Notifier.Deliveries;

/// <summary>A report in Slack's Block Kit: the counts and the failures, within Slack's limits.</summary>
internal static class SlackMessage
{
    // https://docs.slack.dev/reference/block-kit/blocks: 150 characters in a header, 3,000 in a section, 50 blocks.
    private const int HeaderLimit = 150;
    private const int SectionLimit = 3000;
    private const int MaxFailures = 20;

    public static object Of(RunReport report) => new
    {
        // The text of a notification on a phone.
        text = Escaped(report.Subject),
        blocks = Blocks(report.Facts).ToArray(),
    };

    private static IEnumerable<object> Blocks(ReportFacts facts)
    {
        // Plain text is shown literally, so it must not be escaped.
        yield return new
        {
            type = "header",
            text = new { type = "plain_text", text = Clipped(facts.Subject, HeaderLimit) }
        };
        if (facts.Counts.Count > 0)
            yield return Section(
                string.Join("   ", facts.Counts.Select(count => $"*{count.Models}* {count.Outcome.Word()}")));
        foreach (var model in facts.Failures.Take(MaxFailures))
        {
            var reason = Escaped(model.Reason?.Split('\n')[0] ?? "");
            var name = Escaped(model.Name.ToString());
            yield return Section($"*{name}* {model.Outcome!.Value.Word()} at {model.Stage.Word()}\n"
                + $"{Clipped(reason, SectionLimit / 2)}\n_Next: "
                + $"{Clipped(Escaped(facts.NextStep(model)), SectionLimit / 3)}_");
        }
        if (facts.Failures.Count > MaxFailures)
            yield return Section($"and {facts.Failures.Count - MaxFailures} more");
        yield return Section($"`benchmark runs {facts.Run.RunId}`");
    }

    private static object Section(string text) =>
        new { type = "section", text = new { type = "mrkdwn", text = Clipped(text, SectionLimit) } };

    // Slack reads these three characters as markup: unescaped, '<!channel>' in a name would notify everybody.
    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string Clipped(string text, int length) =>
        text.Length <= length ? text : $"{text[..(length - 1)]}…";
}
