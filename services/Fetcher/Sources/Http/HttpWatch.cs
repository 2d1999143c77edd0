namespace Benchmark.Fetcher.Sources.Http;

/// <summary>
/// Watches the requests that a driver sends for one fetch: what is waited for, since when, and from which host. A
/// driver itself says none of it, and waits for hours.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="purpose">What a request to this address is for, in words.</param>
internal sealed class HttpWatch(TimeProvider time, Func<Uri, string> purpose)
{
    /// <summary>A host that sends no byte for so long is given up.</summary>
    // Snowflake answers a query that runs after 45 s, and says that it still runs.
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    // A session is renewed once in an hour.
    private const int MostRenewals = 10;

    private static readonly TimeSpan s_worthTelling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private static readonly AsyncLocal<HttpWatch?> s_current = new();

    private readonly Lock _lock = new();
    private readonly List<HttpExchange> _open = [];
    private readonly HttpTrouble _trouble = new(time);
    private int _renewals;
    private string? _given;
    private Action _giveUp = () => { };

    /// <summary>The watch of the fetch that the current code runs for.</summary>
    public static HttpWatch? Current => s_current.Value;

    /// <summary>What went wrong last, and how often; null when nothing has.</summary>
    public string? Trouble => _trouble.InWords;

    /// <summary>Runs a fetch; one whose host is silent is broken off.</summary>
    /// <exception cref="SilentHostException">The host was silent.</exception>
    /// <exception cref="WaitedException">It was cancelled while it waited.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        HttpEvents.Subscribe();
        s_current.Value = this;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _giveUp = () => Cancel(stop);
        string? waited = null;
        // Before the driver hears of it, which then ends its requests.
        await using var noticed = ct.Register(() => waited = Waiting(s_worthTelling));
        await using var timer = time.CreateTimer(_ => GiveUpIfSilent(ct), null, s_interval, s_interval);
        try
        {
            return await work(stop.Token);
        }
        catch (Exception e) when (_given is not null && !ct.IsCancellationRequested && IsEnd(e))
        {
            throw new SilentHostException(_given, e);
        }
        catch (OperationCanceledException e) when (ct.IsCancellationRequested && (waited ?? _given) is { } why)
        {
            throw new WaitedException(why, e, ct);
        }
    }

    /// <summary>A request is sent; null when nobody waits for its answer.</summary>
    public HttpExchange Begin(Uri address)
    {
        var exchange = new HttpExchange(purpose(address), address.Authority, time, End);
        lock (_lock)
            _open.Add(exchange);
        if (exchange.Purpose == Renewal && Interlocked.Increment(ref _renewals) == MostRenewals)
        {
            _given = $"the session ends as soon as it is renewed, {MostRenewals} times; {exchange.Host} says so";
            _giveUp();
        }
        return exchange;
    }

    /// <summary>A request was answered with an error, or not at all.</summary>
    public void Failed(HttpExchange exchange, string how) => _trouble.Add(exchange, how);

    /// <summary>What <c>purpose</c> calls the renewal of a session.</summary>
    public const string Renewal = "the renewal of the session";

    /// <summary>What has been waited for longest, if for that long.</summary>
    public string? Waiting(TimeSpan atLeast)
    {
        lock (_lock)
        {
            return _open.MaxBy(exchange => exchange.Silent) is { } longest && longest.Silent >= atLeast
                ? longest.InWords : null;
        }
    }

    private static bool IsEnd(Exception e) => e is OperationCanceledException or System.Data.Common.DbException
        or HttpRequestException or IOException || e.GetType() == typeof(Exception);

    private void GiveUpIfSilent(CancellationToken ct)
    {
        if (!ct.IsCancellationRequested && (_given ??= Waiting(Silence)) is not null)
            _giveUp();
    }

    private static void Cancel(CancellationTokenSource stop)
    {
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The fetch has just ended by itself.
        }
    }

    private void End(HttpExchange exchange)
    {
        lock (_lock)
            _open.Remove(exchange);
    }
}

/// <summary>A host sent nothing for too long; the next attempt may be luckier.</summary>
internal sealed class SilentHostException(string waited, Exception cause)
    : TimeoutException($"{char.ToUpperInvariant(waited[0])}{waited[1..]}.", cause);

/// <summary>A fetch was cancelled, by its deadline or by whoever stops the process, while it waited.</summary>
internal sealed class WaitedException(string waited, Exception cause, CancellationToken ct)
    : OperationCanceledException(waited, cause, ct);
