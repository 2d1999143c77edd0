using System.Collections.Concurrent;
using System.Diagnostics;

namespace Benchmark.Fetcher.Sources.Http;

/// <summary>
/// Hears of each request of this process, and tells the watch of the fetch that it belongs to. A driver lets nobody
/// put a handler into its client; .NET tells of every client's requests.
/// </summary>
internal sealed class HttpEvents : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Request = "System.Net.Http.Request";
    private const string Response = "System.Net.Http.Response";
    private const string Failure = "System.Net.Http.Exception";

    private static readonly Lazy<IDisposable> s_subscription =
        new(() => DiagnosticListener.AllListeners.Subscribe(new HttpEvents()));

    private readonly ConcurrentDictionary<Guid, (HttpRequestMessage Request, HttpExchange Exchange)> _open = new();

    private HttpEvents()
    {
    }

    /// <summary>From now on, for the life of the process.</summary>
    public static void Subscribe() => _ = s_subscription.Value;

    public void OnNext(DiagnosticListener value)
    {
        // Not the events of an activity: with those, every request of the process would become a span.
        if (value.Name == Listener)
            value.Subscribe(this, name => name is Request or Response or Failure && HttpWatch.Current is not null);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (HttpWatch.Current is not { } watch || value.Value is not { } data)
            return;
        switch (value.Key)
        {
            case Request when Get<HttpRequestMessage>(data, "Request") is { RequestUri: { } address } request:
                _open[Id(data)] = (request, watch.Begin(address));
                break;
            case Failure when Get<Exception>(data, "Exception") is { } e and not OperationCanceledException:
                var failed = Get<HttpRequestMessage>(data, "Request");
                foreach (var open in _open.Values.Where(open => open.Request == failed))
                    watch.Failed(open.Exchange, Innermost(e).Message.TrimEnd('.'));
                break;
            case Response when _open.TryRemove(Id(data), out var answered):
                Answered(watch, answered.Exchange, Get<HttpResponseMessage>(data, "Response"));
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static void Answered(HttpWatch watch, HttpExchange exchange, HttpResponseMessage? response)
    {
        if (response is null)
        {
            exchange.End();
            return;
        }
        if (!response.IsSuccessStatusCode)
            watch.Failed(exchange, $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd());
        exchange.Came(0);
        response.Content = new WatchedContent(response.Content, exchange);
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;

    private static Guid Id(object data) =>
        data.GetType().GetProperty("LoggingRequestId")?.GetValue(data) is Guid id ? id : Guid.Empty;

    private static T? Get<T>(object data, string property)
        where T : class =>
        data.GetType().GetProperty(property)?.GetValue(data) as T;
}
