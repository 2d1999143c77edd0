using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Json;

namespace Benchmark.Hosting.Logging;

/// <summary>
/// A log event as one line of JSON, in the attribute names that Datadog reads without a pipeline: <c>timestamp</c>,
/// <c>level</c>, <c>message</c>, <c>error.stack</c>. Properties become snake_case: <c>{RunId}</c> is <c>run_id</c>.
/// </summary>
internal sealed class JsonLogFormatter : ITextFormatter
{
    private static readonly JsonValueFormatter s_values = new(typeTagName: null);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write(
            $"{{\"timestamp\":\"{logEvent.Timestamp.UtcDateTime:O}\",\"level\":\"{Level(logEvent.Level)}\","
            + "\"message\":");
        JsonValueFormatter.WriteQuotedJsonString(LogMessage.Of(logEvent), output);
        foreach (var (name, value) in logEvent.Properties)
        {
            // The event id adds nothing to the message.
            if (name == "EventId")
                continue;
            output.Write($",\"{Name(name)}\":");
            s_values.Format(value, output);
        }
        if (logEvent.Exception is { } exception)
            WriteError(exception, output);
        output.WriteLine('}');
    }

    private static void WriteError(Exception exception, TextWriter output)
    {
        output.Write(",\"error\":{\"kind\":");
        JsonValueFormatter.WriteQuotedJsonString(exception.GetType().FullName ?? "", output);
        output.Write(",\"message\":");
        JsonValueFormatter.WriteQuotedJsonString(exception.Message, output);
        output.Write(",\"stack\":");
        JsonValueFormatter.WriteQuotedJsonString(exception.ToString(), output);
        output.Write('}');
    }

    private static string Name(string property) => property == "SourceContext"
        ? "logger"
        : JavaScriptEncoder.Default.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(property));

    private static string Level(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "trace",
        LogEventLevel.Debug => "debug",
        LogEventLevel.Information => "info",
        LogEventLevel.Warning => "warn",
        LogEventLevel.Error => "error",
        _ => "critical",
    };
}
