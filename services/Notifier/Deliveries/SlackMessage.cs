using Benchmark.Data;
using Benchmark.Notifier.Reports;

namespace Benchmark.Notifier.Deliveries;

/// <summary>A report as Slack's Block Kit: the counts and what needs somebody, within Slack's limits.</summary>
internal static class SlackMessage
{
    // https://docs.slack.dev/reference/block-kit/blocks: 150 characters in a header, 3,000 in a section, 50 blocks.
    private const int HeaderLimit = 150;
    private const int SectionLimit = 3000;
    private const int MostFailures = 20;

    public static object Of(RunReport report) => new
    {
        // What phones show in the notification.
        text = Escaped(report.Subject),
        blocks = Blocks(report.Facts).ToArray(),
    };

    private static IEnumerable<object> Blocks(ReportFacts facts)
    {
        // Plain text: shown as it is, so nothing is escaped in it.
        yield return new
        {
            type = "header",
            text = new { type = "plain_text", text = Clipped(facts.Subject, HeaderLimit) }
        };
        if (facts.Counts.Count > 0)
            yield return Section(
                string.Join("   ", facts.Counts.Select(count => $"*{count.Models}* {count.Outcome.Word()}")));
        foreach (var model in facts.Failures.Take(MostFailures))
        {
            var reason = Escaped(model.Reason?.Split('\n')[0] ?? "");
            var name = Escaped(model.Name.ToString());
            yield return Section($"*{name}* {model.Outcome!.Value.Word()} at {model.Stage.Word()}\n"
                + $"{Clipped(reason, SectionLimit / 2)}\n_Next: "
                + $"{Clipped(Escaped(facts.NextStep(model)), SectionLimit / 3)}_");
        }
        if (facts.Failures.Count > MostFailures)
            yield return Section($"and {facts.Failures.Count - MostFailures} more");
        yield return Section($"`benchmark runs {facts.Run.RunId}`");
    }

    private static object Section(string text) =>
        new { type = "section", text = new { type = "mrkdwn", text = Clipped(text, SectionLimit) } };

    // The three characters that Slack reads as markup; unescaped, '<!channel>' in a name would ring everybody.
    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string Clipped(string text, int length) => text.Length <= length ? text : $"{text[..(length - 1)]}…";
}
