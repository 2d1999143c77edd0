using System.Globalization;
using System.Text;
using Benchmark.Data;

namespace Benchmark.Notifier.Reports;

/// <summary>The report as plain text.</summary>
internal static class ReportText
{
    private const int Room = 80_000;

    private const int Bar = 30;

    public static string Of(ReportFacts facts)
    {
        var body = ReportBody.Fitting(
            facts, ReportLengths.Mail, Room, (row, scale) => Encoding.UTF8.GetByteCount(Row(row, scale)));
        var text = new StringBuilder();
        text.AppendLine(facts.Subject);
        if (facts.Notice is { } notice)
            text.AppendLine(notice);
        text.AppendLine();
        foreach (var (outcome, models) in facts.Counts)
            text.AppendLine(CultureInfo.InvariantCulture, $"{Wording.Number(models),6}  {outcome.Word()}");
        Section(text, facts, body.Scale, SectionWords.Failures, body.Failures);
        Section(text, facts, body.Scale, SectionWords.Moved, body.Moved);
        if (body.Moved.All > 0)
            text.AppendLine().AppendLine(SectionWords.Bars(body.Scale));
        Section(text, facts, body.Scale, SectionWords.SinceAnchor, body.SinceAnchor);
        Section(text, facts, body.Scale, SectionWords.Warnings, body.Warnings);
        Section(text, facts, body.Scale, SectionWords.StillServed, body.StillServed);
        if (SectionWords.Untold(facts) is { } untold)
            Title(text, "Nobody to tell").AppendLine(untold);
        if (SectionWords.Suspended(facts) is [_, ..] suspended)
            Title(text, SectionWords.SuspendedTitle)
                .AppendJoin('\n', suspended.Select(line => $"- {line}")).AppendLine();
        if (SectionWords.Rest(facts) is { } rest)
            text.AppendLine().AppendLine(rest);
        text.AppendLine().AppendJoin('\n', SectionWords.Foot(facts)).AppendLine();
        return text.AppendLine($"More: {More(facts)}").ToString().ReplaceLineEndings("\n");
    }

    private static void Section<T>(
        StringBuilder text, ReportFacts facts, DriftScale scale, string title, ReportSection<T> section)
        where T : IReportRow
    {
        if (section.All == 0)
            return;
        Title(text, title);
        foreach (var row in section.Rows)
            text.Append(Row(row, scale));
        if (section.More > 0)
            text.AppendLine($"  and {Wording.Number(section.More)} more: {More(facts)}");
    }

    private static StringBuilder Title(StringBuilder text, string title) =>
        text.AppendLine().AppendLine(title).AppendLine(new string('-', title.Length));

    private static string More(ReportFacts facts) =>
        facts.Context.Links?.To(facts.Run.RunId) ?? $"benchmark report {facts.Run.RunId} --html report.html";

    private static string Row(IReportRow row, DriftScale scale) => row switch
    {
        FailureRow failure => Row(failure),
        DriftRow drift => Row(drift, scale),
        WarningRow warning => Row(warning),
        ServedRow served => $"- {string.Join(
            ", ", new[] { $"{served.Model}: {served.Version}", served.Age, served.Rows }
                .Where(part => part.Length > 0))}\n",
        _ => throw new NotSupportedException($"A report has no {row.GetType().Name}."),
    };

    private static string Row(FailureRow row)
    {
        var text = new StringBuilder(row.Models == 1 ? $"- {row.Names}: " : "- ");
        text.AppendLine($"{row.Title} at {row.Stage}");
        foreach (var (reason, at) in row.Reasons.Select((reason, at) => (reason, at)))
            text.AppendLine($"    {(at == 0 && row.Such is { } such ? $"{such} " : "")}{reason}");
        if (row.Models > 1)
            text.AppendLine($"    {row.Names}");
        if (row.Owner is { } owner)
            text.AppendLine($"    {owner}");
        return text.AppendLine($"    Next: {row.Next}").ToString();
    }

    private static string Row(DriftRow row, DriftScale scale)
    {
        var text = new StringBuilder();
        text.AppendLine($"- {row.Model}{(row.NotPublished is { } ended ? $" ({ended})" : "")}");
        foreach (var line in row.Columns)
        {
            var words = line.InWords.Length > 0 ? $" {line.InWords}" : "";
            var since = line.Since is { } anchor ? $", since version {anchor}" : "";
            var before = line.Before is { } psi && line.Since is null ? $", before {Wording.Psi(psi)}" : "";
            text.Append($"    {line.Column} {line.Band.Word()}, {line.Index} {Wording.Psi(line.Psi)}")
                .AppendLine($"{words}{since}{before}")
                .AppendLine($"      {scale.InCharacters(line.Psi, line.Limits, Bar)}  {line.Blocks}".TrimEnd());
        }
        if (row.MoreColumns > 0)
            text.AppendLine($"    and {Wording.Count(row.MoreColumns, "more column")}");
        return text.ToString();
    }

    private static string Row(WarningRow row) =>
        $"- {(row.Check.Length > 0 ? $"{row.Check}: " : "")}{(row.Such is { } such ? $"{such} " : "")}{row.Message}\n"
        + $"    {row.Names}\n";
}
