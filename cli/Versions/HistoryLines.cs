using System.Globalization;
using Benchmark.Cli.Runs;
using Benchmark.Data;
using Spectre.Console;

namespace Benchmark.Cli.Versions;

/// <summary>The history of a model as a table, as lines and as CSV.</summary>
internal static class HistoryLines
{
    private static readonly string[] s_header =
    [
        "at", "outcome", "version", "rows", "run_id", "trigger", "requested_by", "reason", "worst_column", "worst_psi",
        "worst_band", "served", "kept", "pinned", "forced", "rolled_back_from", "accepted_from", "unchanged_refreshes",
        "problem",
    ];

    /// <summary>A row each; what is needed least is left out where there is no room.</summary>
    public static FittingTable Table(ModelChronicle chronicle)
    {
        var table = new FittingTable().Add("version", right: true).Add("when").Add("rows", need: 5, right: true)
            .Add("worst", need: 6).Add("run", need: 2).Add("requested", need: 4, wraps: true)
            .Add("remarks", need: 7, wraps: true);
        foreach (var entry in chronicle.Entries)
            table.AddRow(
                entry.Version is { } version ? $"[bold]{Number(version)}[/]" : Format.OutcomeMarkup(entry.Outcome),
                Format.Moment(entry.At), Format.Count(entry.Rows), Format.DriftMarkup(entry.WorstDrift),
                Format.ShortId(entry.RunId), Markup.Escape(Asked(entry)),
                Markup.Escape(string.Join(", ", Words(entry))));
        return table;
    }

    /// <summary>A line each, for a pipe.</summary>
    public static void Write(ModelChronicle chronicle, Terminal terminal)
    {
        foreach (var entry in chronicle.Entries)
        {
            string[] fields =
            [
                entry.Version is { } version
                    ? string.Create(CultureInfo.InvariantCulture, $"version {version}") : entry.Outcome.Word(),
                string.Create(CultureInfo.InvariantCulture, $"{entry.At:u}"),
                entry.Rows is { } rows ? Format.PlainRows(rows) : "no rows",
                Format.Drift(entry.WorstDrift), $"run {entry.RunId}", Asked(entry), string.Join(", ", Words(entry)),
            ];
            terminal.Line(string.Join('\t', fields.Select(Format.OnOneLine)));
        }
    }

    /// <summary>CSV with a header, for a spreadsheet.</summary>
    public static void WriteCsv(ModelChronicle chronicle, Terminal terminal)
    {
        terminal.Line(string.Join(',', s_header));
        foreach (var entry in chronicle.Entries)
            terminal.Line(string.Join(',', Fields(entry).Select(Quoted)));
    }

    private static IEnumerable<string?> Fields(HistoryEntry entry) =>
    [
        entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), entry.Outcome.Word(),
        Number(entry.Version), Number(entry.Rows), entry.RunId.ToString(), entry.Trigger?.Word(), entry.RequestedBy,
        entry.Reason, entry.WorstDrift?.Column, entry.WorstDrift?.Psi.ToString("R", CultureInfo.InvariantCulture),
        entry.WorstDrift?.Band.Word(), Flag(entry.Served), Flag(entry.Kept), Flag(entry.Pinned is not null),
        Flag(entry.Forced is not null), Number(entry.RolledBackFrom), entry.AcceptedFrom?.ToString(),
        Number(entry.UnchangedRefreshes), entry.Problem,
    ];

    private static string Asked(HistoryEntry entry) =>
        RunResultLines.WhoAndWhy(entry.Trigger, entry.RequestedBy, entry.Reason);

    // A rejection may have many reasons; the report and 'runs' have them all.
    private static IEnumerable<string> Words(HistoryEntry entry) => entry.Problem is { } problem
        ? entry.Remarks.Append(problem.Split('\n')[0]) : entry.Remarks;

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool flag) => flag ? "true" : "false";

    private static string Quoted(string? field) => field is null ? ""
        : field.AsSpan().IndexOfAny("\",\r\n") < 0 && field.Length > 0 ? field
        : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
