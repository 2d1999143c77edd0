using System.Collections.Concurrent;
using System.Net;

namespace Benchmark.Tests.Support;

/// <summary>A span as it arrived over OTLP.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TraceId">Its trace, in hex.</param>
/// <param name="SpanId">Its own id, in hex.</param>
/// <param name="ParentId">The span above it, in hex; empty for a root.</param>
/// <param name="Tags">Its attributes.</param>
/// <param name="Links">The traces that it links to, in hex.</param>
/// <param name="IsError">Whether its status is an error.</param>
/// <param name="Reason">What its status says.</param>
/// <param name="Resource">The attributes of the process that it is from.</param>
public sealed record OtlpSpan(
    string Name, string TraceId, string SpanId, string ParentId, IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> Links, bool IsError, string Reason, IReadOnlyDictionary<string, string> Resource);

/// <summary>A metric as it arrived over OTLP.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDelta">Whether its values are what was added since the last export.</param>
/// <param name="Resource">The attributes of the process that it is from.</param>
public sealed record OtlpMetric(string Name, bool IsDelta, IReadOnlyDictionary<string, string> Resource);

/// <summary>
/// Takes what is exported as OTLP over http/protobuf, and decodes what tests ask for. The numbers are those of the
/// fields in opentelemetry-proto.
/// </summary>
public sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<OtlpSpan> _spans = [];
    private readonly ConcurrentQueue<OtlpMetric> _metrics = [];
    private readonly Task _receiving;

    public OtlpCollector()
    {
        Endpoint = $"http://127.0.0.1:{FreePort.Find()}/";
        _listener.Prefixes.Add(Endpoint);
        _listener.Start();
        _receiving = ReceiveAsync();
    }

    /// <summary>Its address, for <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Endpoint { get; }

    /// <summary>What makes a process export to it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    public IReadOnlyList<OtlpMetric> Metrics => [.. _metrics];

    /// <summary>Stops; throws what could not be decoded.</summary>
    public void Dispose()
    {
        _listener.Close();
        _receiving.GetAwaiter().GetResult();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
                await ReceiveAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException && !_listener.IsListening)
        {
            // Disposed.
        }
    }

    private async Task ReceiveAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var request = new ProtobufMessage(body.ToArray());
        switch (context.Request.Url!.AbsolutePath)
        {
            case "/v1/traces":
                Add(request, _spans, Span);
                break;
            case "/v1/metrics":
                Add(request, _metrics, Metric);
                break;
        }
        context.Response.Close();
    }

    // Both signals have the same envelope: resources, in them scopes, in them spans or metrics.
    private static void Add<T>(
        ProtobufMessage request, ConcurrentQueue<T> all,
        Func<ProtobufMessage, IReadOnlyDictionary<string, string>, T> decode)
    {
        foreach (var ofResource in request.Messages(1))
        {
            var resource = Attributes(ofResource.Messages(1).SelectMany(description => description.Messages(1)));
            foreach (var item in ofResource.Messages(2).SelectMany(ofScope => ofScope.Messages(2)))
                all.Enqueue(decode(item, resource));
        }
    }

    private static OtlpSpan Span(ProtobufMessage span, IReadOnlyDictionary<string, string> resource)
    {
        var status = span.Messages(15).LastOrDefault();
        return new OtlpSpan(
            span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), Attributes(span.Messages(9)),
            [.. span.Messages(13).Select(link => link.Hex(1))], status?.Number(3) == 2, status?.Text(2) ?? "",
            resource);
    }

    private static OtlpMetric Metric(ProtobufMessage metric, IReadOnlyDictionary<string, string> resource)
    {
        // A sum is field 7 and a histogram field 9, both with their temporality in field 2; 1 is delta.
        var values = metric.Messages(7).Concat(metric.Messages(9)).LastOrDefault();
        return new OtlpMetric(metric.Text(1), values?.Number(2) == 1, resource);
    }

    private static Dictionary<string, string> Attributes(IEnumerable<ProtobufMessage> pairs) =>
        pairs.ToDictionary(pair => pair.Text(1), pair => pair.Messages(2).Last() switch
        {
            var value when value.Has(1) => value.Text(1),
            var value => $"{value.Number(2) + value.Number(3)}",
        });
}
