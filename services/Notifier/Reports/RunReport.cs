using Benchmark.Contracts;
using Benchmark.Notifier.Runs;

namespace Benchmark.Notifier.Reports;

/// <summary>The report of a run to a team, in the forms that its channels need.</summary>
/// <param name="Facts">The content.</param>
/// <param name="Html">For mail programs: tables and inline styles only.</param>
/// <param name="Text">The same as plain text.</param>
public sealed record RunReport(ReportFacts Facts, string Html, string Text)
{
    /// <summary>The outcomes in one line.</summary>
    public string Subject { get; init; } = Facts.Subject;

    /// <summary>Writes the report of a run.</summary>
    /// <param name="run">The run, with the models of one team.</param>
    /// <param name="known">What is known of its models beyond the run.</param>
    /// <param name="context">What the report says beyond its models.</param>
    public static Task<RunReport> WriteAsync(
        RunSummary run, IReadOnlyDictionary<ModelKey, ModelFacts> known, ReportContext? context = null) =>
        WriteAsync(new ReportFacts(run, known, context));

    /// <summary>Writes a report.</summary>
    public static async Task<RunReport> WriteAsync(ReportFacts facts) =>
        new(facts, await ReportHtml.MailAsync(facts), ReportText.Of(facts));

    /// <summary>Writes a report as one page that needs nothing else, for the volume.</summary>
    public static Task<string> FileAsync(ReportFacts facts) => ReportHtml.FileAsync(facts);
}
