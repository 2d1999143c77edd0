using System.Diagnostics;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace Benchmark.Hosting;

/// <summary>
/// Adds the ids of the current trace, in the form and under the names by which Datadog links logs to traces.
/// </summary>
internal sealed class DatadogTraceIds : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } activity)
            return;
        // Datadog reads the lower 64 bits of a W3C trace id, in decimal.
        logEvent.AddPropertyIfAbsent(
            propertyFactory.CreateProperty("dd.trace_id", Decimal(activity.TraceId.ToHexString()[16..])));
        logEvent.AddPropertyIfAbsent(
            propertyFactory.CreateProperty("dd.span_id", Decimal(activity.SpanId.ToHexString())));
    }

    private static string Decimal(string hex) =>
        ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
