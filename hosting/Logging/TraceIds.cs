using System.Diagnostics;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace Benchmark.Hosting.Logging;

/// <summary>
/// Adds the ids of the current span in both forms that link logs to traces: <c>trace_id</c> and <c>span_id</c> in hex,
/// as OpenTelemetry writes them, and <c>dd.trace_id</c> and <c>dd.span_id</c>, as Datadog does. Where Datadog's tracer
/// is loaded and has put its own ids on the line, these are the only ones.
/// </summary>
internal sealed class TraceIds : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (TryRename(logEvent, "dd_trace_id", "dd.trace_id"))
        {
            TryRename(logEvent, "dd_span_id", "dd.span_id");
            return;
        }
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } activity)
            return;

        var (trace, span) = (activity.TraceId.ToHexString(), activity.SpanId.ToHexString());
        Add("trace_id", trace);
        Add("span_id", span);
        // Datadog reads the lower 64 bits of a W3C trace id, in decimal.
        Add("dd.trace_id", Decimal(trace[16..]));
        Add("dd.span_id", Decimal(span));

        void Add(string name, string value) =>
            logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty(name, value));
    }

    // The tracer writes '_' for '.', which not every name in Serilog may have.
    private static bool TryRename(LogEvent logEvent, string from, string to)
    {
        if (!logEvent.Properties.TryGetValue(from, out var value))
            return false;
        logEvent.AddOrUpdateProperty(new LogEventProperty(to, value));
        logEvent.RemovePropertyIfPresent(from);
        return true;
    }

    private static string Decimal(string hex) =>
        ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
