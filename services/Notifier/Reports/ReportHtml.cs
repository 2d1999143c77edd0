using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Benchmark.Notifier.Reports.Mail;
using Benchmark.Notifier.Reports.OnVolume;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmark.Notifier.Reports;

/// <summary>The report as HTML, for mail programs and as a file.</summary>
internal static class ReportHtml
{
    /// <summary>Gmail cuts a mail off at 102,400 bytes.</summary>
    public const int MailRoom = 100_000;

    // As much as a browser opens without a pause.
    private const int FileRoom = 8_000_000;

    // What the heads of tables take, which are shown only above a row.
    private const int Titles = 3000;

    /// <summary>Tables and inline styles only, never longer than <see cref="MailRoom"/>.</summary>
    public static Task<string> MailAsync(ReportFacts facts) => RenderAsync(render =>
    {
        string Mail(ReportBody body) =>
            render(typeof(ReportMail), new() { ["Facts"] = facts, ["Body"] = body });
        int Size(IReportRow row, DriftScale scale) =>
            Encoding.UTF8.GetByteCount(render(typeof(MailRow), new() { ["Row"] = row, ["Scale"] = scale }));
        var around = Encoding.UTF8.GetByteCount(Mail(ReportBody.Fitting(facts, ReportLengths.Mail, 0, Size)));
        return Mail(ReportBody.Fitting(facts, ReportLengths.Mail, MailRoom - Titles - around, Size));
    });

    /// <summary>A page that needs nothing but itself.</summary>
    public static Task<string> FileAsync(ReportFacts facts) => RenderAsync(render =>
    {
        int Size(IReportRow row, DriftScale scale) =>
            Encoding.UTF8.GetByteCount(render(typeof(FileRow), new() { ["Row"] = row, ["Scale"] = scale }));
        var body = ReportBody.Fitting(facts, ReportLengths.File, FileRoom, Size);
        return render(typeof(ReportPage), new() { ["Facts"] = facts, ["Body"] = body });
    });

    private static async Task<string> RenderAsync(Func<Func<Type, Dictionary<string, object?>, string>, string> write)
    {
        // Names in any script stay as they are: as entities they would take three times the room.
        await using var services = new ServiceCollection()
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(() => write((component, parameters) =>
            renderer.BeginRenderingComponent(component, ParameterView.FromDictionary(parameters)).ToHtmlString()));
    }
}
