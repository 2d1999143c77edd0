using System.Globalization;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Spectre.Console;

namespace Benchmark.Cli.Models;

/// <summary>Many models, a row or a line each.</summary>
internal sealed class ModelTable(IReadOnlyList<ModelEntry> entries, DateTimeOffset now)
{
    public void Show(Terminal terminal)
    {
        if (!terminal.IsInteractive)
        {
            foreach (var entry in entries)
                terminal.Line(Line(entry));
            return;
        }
        if (entries.Count == 0)
            return;
        // With whole names if they fit; else each value stream is a heading.
        var whole = Table(grouped: false);
        var fitted = whole.Fit(terminal.Out);
        var table = whole.LeftOut.Intersect(s_wanted).Any() ? Table(grouped: true).Fit(terminal.Out) : fitted;
        terminal.Out.Write(table);
        terminal.Note(Summary());
    }

    private const string Version = "version", Anchor = "anchor", Warnings = "warn";

    private static readonly string[] s_wanted = [Version, Anchor, Warnings];

    private FittingTable Table(bool grouped)
    {
        var table = new FittingTable().Add("model").Add("last refresh").Add("run", need: 3)
            .Add(Version, need: 5, right: true).Add("rows", need: 2, right: true)
            .Add("age").Add("due", need: 1).Add("column", need: 4).Add("drift")
            .Add(Anchor, need: 7, right: true).Add(Warnings, need: 6, right: true);
        var stream = "";
        foreach (var entry in entries)
        {
            if (grouped && stream != entry.Model.ValueStream)
            {
                stream = entry.Model.ValueStream;
                table.AddRow([$"[bold]{Markup.Escape(stream)}[/]", .. Enumerable.Repeat("", 10)]);
            }
            table.AddRow(Cells(entry, grouped ? $"  {entry.Model.Model}" : entry.Model.Name.ToString()));
        }
        return table;
    }

    private string[] Cells(ModelEntry entry, string name)
    {
        var status = entry.Status;
        var worst = status.WorstDrift;
        return
        [
            Markup.Escape(name),
            entry.Status.LastRefresh is { } last
                ? $"{Format.OutcomeMarkup(last.Outcome)} {Format.Age(now - last.EndedAt)} ago" : "",
            status.LastRefresh is { } refresh ? Format.ShortId(refresh.RunId) : "",
            status.Version?.ToString(CultureInfo.InvariantCulture) ?? "",
            Format.Count(status.Rows),
            status.RefreshedAt is not { } refreshed ? "[yellow]never published[/]"
                : status.Late ? $"[red]{Format.Age(now - refreshed)} late[/]" : Format.Age(now - refreshed),
            status.Suspended is { } suspended
                ? string.Create(
                    CultureInfo.InvariantCulture, $"[yellow]suspended until {suspended.Until:yyyy-MM-dd}[/]")
                : Format.Moment(status.DueAt),
            Markup.Escape(Visible.Of(worst?.Column ?? "")),
            worst is null ? "" : Format.BandMarkup($"{Format.Psi(worst.Psi)} {worst.Band.Word()}", worst.Band),
            status.WorstSinceAnchor is { } since ? Format.BandMarkup(Format.Psi(since.Psi), since.Band) : "",
            status.Warnings.Count > 0 ? $"[yellow]{Format.Count(status.Warnings.Count)}[/]" : "",
        ];
    }

    private static string Line(ModelEntry entry)
    {
        var status = entry.Status;
        string[] fields = status.Version is null
            ? [status.Name.ToString(), "never published", .. Suspended(status), Last(entry)]
            :
            [
                status.Name.ToString(),
                string.Create(CultureInfo.InvariantCulture, $"version {status.Version}"),
                Format.PlainRows(status.Rows ?? 0),
                string.Create(CultureInfo.InvariantCulture, $"refreshed {status.RefreshedAt:u}"),
                string.Create(CultureInfo.InvariantCulture, $"due {status.DueAt:u}{(status.Late ? " late" : "")}"),
                Format.Drift(status.WorstDrift),
                status.WorstSinceAnchor is { } since ? $"since anchor {Format.Drift(since)}" : "no anchor compared",
                Format.Warnings(status.Warnings.Count),
                Last(entry),
                .. Suspended(status),
                status.File!,
            ];
        return string.Join('\t', fields.Select(Format.OnOneLine));
    }

    private static string[] Suspended(ModelStatus status) =>
        status.Suspended is { } suspended ? [suspended.ToString()] : [];

    private static string Last(ModelEntry entry) => entry.Status.LastRefresh is { } last
        ? string.Create(
            CultureInfo.InvariantCulture, $"last {last.Outcome.Word()} {last.EndedAt:u} in run {last.RunId}")
        : "no refresh recorded";

    private string Summary()
    {
        (int Count, string Word)[] counts =
        [
            (entries.Count(entry => entry.HasFailed), "not refreshed last time (--failed)"),
            (entries.Count(entry => entry.IsLate), "late (--late)"),
            (entries.Count(entry => entry.HasMoved), "moved (--moved)"),
            (entries.Count(entry => entry.Status.Suspended is not null), "suspended"),
        ];
        var trouble = string.Join(", ", counts.Where(c => c.Count > 0).Select(c => $"{c.Count} {c.Word}"));
        return trouble.Length > 0 ? $"{Format.Models(entries.Count)}: {trouble}" : $"{Format.Models(entries.Count)}";
    }
}
