using System.Globalization;
using Benchmark.Contracts;
using Benchmark.Notifier.Runs;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmark.Notifier.Reports;

/// <summary>The report of a run to a team, in the forms that its channels need.</summary>
/// <param name="Facts">The content.</param>
/// <param name="Subject">The outcomes in one line.</param>
/// <param name="Html">For mail programs: tables and inline styles only.</param>
/// <param name="Text">The same as plain text.</param>
internal sealed record RunReport(ReportFacts Facts, string Subject, string Html, string Text)
{
    /// <summary>Writes the report of a run.</summary>
    /// <param name="run">The run, with the models of one team.</param>
    /// <param name="known">What is known of its models beyond the run.</param>
    public static async Task<RunReport> WriteAsync(RunSummary run, IReadOnlyDictionary<ModelKey, ModelFacts> known)
    {
        var facts = new ReportFacts(run, known);
        return new RunReport(facts, facts.Subject, await HtmlAsync(facts), ReportText.Of(facts));
    }

    private static async Task<string> HtmlAsync(ReportFacts facts)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?> { [nameof(ReportMail.Facts)] = facts };
            return (await renderer.RenderComponentAsync<ReportMail>(ParameterView.FromDictionary(parameters)))
                .ToHtmlString();
        });
    }

    /// <summary>A number with thousands separators: <c>1,234,567</c>.</summary>
    internal static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    internal static string Psi(double psi) => psi.ToString("0.000", CultureInfo.InvariantCulture);

    internal static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "–";
}
