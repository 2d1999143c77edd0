using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Spectre.Console;

namespace Benchmark.Cli.Models;

/// <summary>One model, with all that is known of it.</summary>
internal sealed class ModelCard(ModelEntry entry, VolumeLayout volume, DateTimeOffset now)
{
    private const int TitleWidth = 14;

    private readonly ModelStatus _status = entry.Status;

    /// <summary>Shows it: a title and a line each, on a terminal and in a pipe alike.</summary>
    public void Show(Terminal terminal)
    {
        if (terminal.IsInteractive)
            terminal.Out.MarkupLineInterpolated($"[bold]{_status.Name}[/]");
        else
            terminal.Line(_status.Name.ToString());
        foreach (var (title, lines) in Facts())
        {
            foreach (var (line, i) in lines.SelectMany(text => text.Split('\n')).Select((line, i) => (line, i)))
                terminal.Line($"  {(i == 0 ? title : "").PadRight(TitleWidth)}{line}");
        }
    }

    private IEnumerable<(string Title, IReadOnlyList<string> Lines)> Facts()
    {
        yield return ("last refresh", [.. LastRefresh()]);
        if (_status.Version is null)
            yield return ("served", ["never published"]);
        else
        {
            var rows = Format.Rows(_status.Rows ?? 0);
            yield return ("served", [string.Create(
                CultureInfo.InvariantCulture,
                $"version {_status.Version}, {rows}, published {When(_status.PublishedAt)}")]);
            yield return ("refreshed", [$"{When(_status.RefreshedAt)}{(_status.Late ? ", late" : "")}"]);
            yield return ("due", [Format.Moment(_status.DueAt)]);
            yield return ("drift", [InFull(_status.WorstDrift)]);
            yield return ("since anchor", [InFull(_status.WorstSinceAnchor)]);
            yield return (
                "warnings",
                _status.Warnings is { Count: > 0 } warnings ? [.. warnings.Select(Visible.Of)] : ["none"]);
            yield return ("file", [_status.File!]);
        }
        if (_status.Suspended is { } suspended)
            yield return ("suspended", [Visible.Of(suspended.ToString()["suspended ".Length..])]);
        yield return ("schedule", [$"{entry.Model.Schedule} {entry.Model.TimeZone}"]);
        if (entry.Model.Owner is { } owner)
            yield return ("owner", [Visible.Of(owner)]);
    }

    private IEnumerable<string> LastRefresh()
    {
        if (_status.LastRefresh is not { } last)
        {
            yield return "none recorded";
            yield break;
        }
        yield return $"{last.Outcome.Word()} {When(last.EndedAt)}";
        yield return $"run {last.RunId}{Asked()}";
        if (entry.Latest!.Refresh is { IsRefreshed: false } refresh)
        {
            yield return Runs.RunResultLines.Why(refresh);
            if (last.Outcome == Outcome.Rejected)
                yield return $"kept in {volume.Model(_status.Name).Rejected(last.RunId).Directory}";
        }
    }

    private string Asked() => Runs.RunResultLines.WhoAndWhy(
        entry.Latest!.Trigger, entry.Latest.RequestedBy, entry.Latest.Reason) is { Length: > 0 } asked
        ? $", {asked}" : "";

    private string When(DateTimeOffset? moment) => moment is { } known
        ? $"{Format.Moment(known)} ({Format.Age(now - known)} ago)" : "";

    private string InFull(WorstDrift? drift) => drift is null ? "not measured"
        : $"{Visible.Of(drift.Column)} {Format.Index(entry.Model, drift.Column)} {Format.Psi(drift.Psi)} "
        + drift.Band.Word()
        + (drift.BinsFilled is { } bins ? $", {Format.Count(bins, "bin")}" : "")
        + (drift.PValue is { } p ? $", {Data.Stability.PValue.InWords(p)}" : "");
}
