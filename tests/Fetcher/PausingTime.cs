using Microsoft.Extensions.Time.Testing;

namespace Benchmark.Fetcher.Tests;

/// <summary>A clock that tells when somebody waits by it.</summary>
public sealed class PausingTime : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TimeSpan, SemaphoreSlim> _begun = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Begun(dueTime).Release();
        return timer;
    }

    /// <summary>Waits until the next pause of that length has begun, and lets it pass.</summary>
    public async Task PassAsync(TimeSpan pause)
    {
        await BeginsAsync(pause);
        Advance(pause);
    }

    /// <summary>Waits until the next pause of that length has begun.</summary>
    public async Task BeginsAsync(TimeSpan pause)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await Begun(pause).WaitAsync(limit.Token);
    }

    private SemaphoreSlim Begun(TimeSpan pause)
    {
        lock (_lock)
        {
            if (!_begun.TryGetValue(pause, out var begun))
                _begun.Add(pause, begun = new SemaphoreSlim(0));
            return begun;
        }
    }
}
