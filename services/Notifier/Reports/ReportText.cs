using System.Text;
using Benchmark.Data;
using Benchmark.Data.Stability;

namespace Benchmark.Notifier.Reports;

/// <summary>The report as plain text.</summary>
internal static class ReportText
{
    public static string Of(ReportFacts facts)
    {
        var text = new StringBuilder();
        text.AppendLine(facts.Subject).AppendLine();
        foreach (var (outcome, models) in facts.Counts)
            text.AppendLine($"{models,6}  {outcome.Word()}");
        Failures(text, facts);
        Drift(text, facts);
        Warnings(text, facts);
        Served(text, facts);
        var run = facts.Run;
        text.AppendLine().Append($"Run {run.RunId}, {run.State.Word()}, started {RunReport.Time(run.StartedAt)}")
            .AppendLine($", closed {RunReport.Time(run.ClosedAt)}.");
        if (run.RequestedBy is not null || run.Reason is not null)
            text.AppendLine(
                "Requested by "
                + $"{run.RequestedBy ?? run.Trigger?.Word()}{(run.Reason is null ? "" : $": {run.Reason}")}");
        return text.AppendLine($"More: benchmark runs {run.RunId}").ToString().ReplaceLineEndings("\n");
    }

    private static void Failures(StringBuilder text, ReportFacts facts)
    {
        Title(text, "Not published", facts.Failures.Count);
        foreach (var model in facts.Failures.Take(ReportFacts.MaxRows))
        {
            text.AppendLine($"- {model.Name}: {model.Outcome!.Value.Word()} at {model.Stage.Word()}");
            foreach (var reason in (model.Reason ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                text.AppendLine($"    {reason}");
            if (facts.OwnerOf(model) is { } owner)
                text.AppendLine($"    owner: {owner}");
            text.AppendLine($"    Next: {facts.NextStep(model)}");
        }
        Rest(text, facts, facts.Failures.Count);
    }

    private static void Drift(StringBuilder text, ReportFacts facts)
    {
        Title(text, "Drift against the previous version", facts.Drifted.Count);
        foreach (var model in facts.Drifted.Take(ReportFacts.MaxRows))
        {
            var worst = model.WorstDrift!;
            text.Append($"- {model.Name}: {worst.Column} {worst.Band.Word()}, PSI {RunReport.Psi(worst.Psi)}")
                .AppendLine(Chance(worst.BinsFilled, worst.PValue));
            foreach (var column in facts.ColumnsOf(model).Where(column => column.Column != worst.Column))
                text.Append($"    {column.Column} {column.Band.Word()}, PSI {RunReport.Psi(column.Psi)}")
                    .AppendLine(Chance(column.BinsFilled, column.PValue));
        }
        Rest(text, facts, facts.Drifted.Count);
    }

    private static string Chance(int? bins, double? p) =>
        bins is null || p is null ? "" : $" on {bins} {(bins == 1 ? "bin" : "bins")}, {PValue.InWords(p.Value)}";

    private static void Warnings(StringBuilder text, ReportFacts facts)
    {
        Title(text, "Published with warnings", facts.Warned.Count);
        foreach (var model in facts.Warned.Take(ReportFacts.MaxRows))
        {
            text.AppendLine($"- {model.Name}: version {model.Version}");
            foreach (var warning in facts.WarningsOf(model))
                text.AppendLine($"    {warning}");
        }
        Rest(text, facts, facts.Warned.Count);
    }

    private static void Served(StringBuilder text, ReportFacts facts)
    {
        Title(text, "Served now", facts.Served.Count);
        foreach (var model in facts.Served.Take(ReportFacts.MaxRows))
            text.Append($"- {model.Name}: {model.Outcome!.Value.Word()}")
                .AppendLine($", version {model.Version}, {RunReport.Number(model.Rows)} rows");
        Rest(text, facts, facts.Served.Count);
    }

    private static void Title(StringBuilder text, string title, int models)
    {
        if (models > 0)
            text.AppendLine().AppendLine(title).AppendLine(new string('-', title.Length));
    }

    private static void Rest(StringBuilder text, ReportFacts facts, int models)
    {
        if (models > ReportFacts.MaxRows)
            text.AppendLine($"  and {models - ReportFacts.MaxRows} more: benchmark runs {facts.Run.RunId}");
    }
}
