using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Hosting;
using Benchmark.Notifier.Pages;
using Benchmark.Notifier.Reports;
using Microsoft.Extensions.Configuration;

namespace Benchmark.Notifier.Deliveries;

/// <summary>A report in Slack's Block Kit: the counts, the failures by cause and what moved.</summary>
internal sealed class SlackMessage(PageLinks links, IConfiguration configuration)
{
    private const int MaxCauses = 12;
    private const int MaxMoved = 10;
    private const int NamesOfOneCause = 10;
    private const int LongestReason = 300;

    // A value stream and a model, as the registry allows them; a request may name any.
    private const int LongestName = 130;
    private const int LongestColumn = 60;

    private readonly string? _environment = ServiceIdentity.Of(configuration, "notifier").Env;

    public object Of(string subject, ReportFacts facts)
    {
        var blocks = new SlackBlocks();
        blocks.Header(subject);
        blocks.Section(string.Join("   ", facts.Counts.Select(count =>
            $"*{count.Models}* {count.Outcome.Word()}")));
        if (Intervention.Of(facts.Run) is { } intervention)
            blocks.Section(SlackBlocks.Escaped(intervention, LongestReason));
        Failures(blocks, facts.FailureGroups);
        Moved(blocks, facts.Drifted);
        blocks.Last(End(facts.Run.RunId));
        return new { text = SlackBlocks.Escaped(subject, SlackBlocks.HeaderLimit), blocks = blocks.All };
    }

    private static void Failures(SlackBlocks blocks, IReadOnlyList<FailureGroup> causes)
    {
        var shown = causes.Take(MaxCauses).TakeWhile(cause => blocks.Section(Text(cause))).Count();
        var left = causes.Skip(shown).Sum(cause => cause.Models.Count);
        if (left > 0)
            blocks.Section($"and {left} more for other reasons");
    }

    private static string Text(FailureGroup cause)
    {
        var names = cause.Models.Take(NamesOfOneCause)
            .Select(model => SlackBlocks.Escaped(model.Name.ToString(), LongestName));
        var more = cause.Models.Count > NamesOfOneCause ? $" and {cause.Models.Count - NamesOfOneCause} more" : "";
        return $"*{cause.Models.Count} {cause.Outcome.Word()}* at {cause.Stage.Word()}: "
            + $"{SlackBlocks.Escaped(cause.Reason.Split('\n')[0], LongestReason)}\n{string.Join(", ", names)}{more}";
    }

    private static void Moved(SlackBlocks blocks, IReadOnlyList<RefreshOutcome> drifted)
    {
        if (drifted.Count == 0)
            return;
        var lines = drifted.Take(MaxMoved).Select(model =>
            $"{SlackBlocks.Escaped(model.Name.ToString(), LongestName)}: "
            + $"{SlackBlocks.Escaped(model.WorstDrift!.Column, LongestColumn)} "
            + $"{model.WorstDrift.Band.Word()} {Wording.Psi(model.WorstDrift.Psi)}");
        var more = drifted.Count > MaxMoved ? $"\nand {drifted.Count - MaxMoved} more" : "";
        blocks.Section($"*Drift against the previous version*\n{string.Join('\n', lines)}{more}");
    }

    private string End(Guid runId)
    {
        var where = _environment is null ? "" : $"{SlackBlocks.Escaped(_environment, LongestColumn)} · ";
        return where + (links.To(runId) is { } page ? $"<{page}|The run in full>" : $"`benchmark runs {runId}`");
    }
}
