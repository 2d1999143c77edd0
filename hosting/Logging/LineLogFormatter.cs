using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace Benchmark.Hosting.Logging;

/// <summary>
/// A log event as a line for a person at a terminal: <c>14:03:22 warning: message</c>, and below it what was thrown.
/// The ids that are not in the message are for the machines that read <see cref="JsonLogFormatter"/>.
/// </summary>
internal sealed class LineLogFormatter : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var level = logEvent.Level switch
        {
            LogEventLevel.Warning => "warning: ",
            LogEventLevel.Error => "error: ",
            LogEventLevel.Fatal => "critical: ",
            _ => "",
        };
        output.Write(logEvent.Timestamp.ToLocalTime().ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        output.WriteLine($"{level}{Visible(LogMessage.Of(logEvent))}");
        if (logEvent.Exception is { } exception)
            output.WriteLine(Visible(exception.ToString()));
    }

    // Names and messages of others may hold what steers a terminal.
    private static string Visible(string text) => string.Concat(
        text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? $@"\u{(int)c:x4}" : $"{c}"));
}
