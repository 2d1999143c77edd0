using System.Globalization;

namespace Benchmark.Fetcher.Sources.Http;

/// <summary>One request and its answer, until the last byte has come.</summary>
internal sealed class HttpExchange(string purpose, string host, TimeProvider time, Action<HttpExchange> end)
{
    private readonly long _began = time.GetTimestamp();
    private long _lastByte = time.GetTimestamp();
    private long _bytes;

    /// <summary>What it is for, in words.</summary>
    public string Purpose => purpose;

    public string Host => host;

    /// <summary>How long no byte has come.</summary>
    public TimeSpan Silent => time.GetElapsedTime(Volatile.Read(ref _lastByte));

    public TimeSpan Took => time.GetElapsedTime(_began);

    public string InWords => string.Create(
        CultureInfo.InvariantCulture,
        $"it waited {Silent.TotalSeconds:0} s for {purpose} from {host}{(_bytes > 0 ? $" after {_bytes} bytes" : "")}");

    public void Came(int bytes)
    {
        _bytes += bytes;
        Volatile.Write(ref _lastByte, time.GetTimestamp());
    }

    public void End() => end(this);
}

/// <summary>What went wrong between a driver and its hosts, in one sentence.</summary>
internal sealed class HttpTrouble(TimeProvider time)
{
    private readonly Lock _lock = new();
    private string? _last;
    private int _times;
    private long _since;

    public string? InWords
    {
        get
        {
            lock (_lock)
            {
                return _last is null ? null : _times == 1 ? _last : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_last}, {_times} times in {time.GetElapsedTime(_since).TotalSeconds:0} s");
            }
        }
    }

    public void Add(HttpExchange exchange, string how)
    {
        var words = $"{exchange.Host} answered {exchange.Purpose} with {how}";
        lock (_lock)
        {
            if (words != _last)
                (_last, _times, _since) = (words, 0, time.GetTimestamp());
            _times++;
        }
    }
}
