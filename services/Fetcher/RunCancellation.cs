using Benchmark.Contracts.Volume;

namespace Benchmark.Fetcher;

/// <summary>Looks again and again, while a request is carried out, whether a person has cancelled its run.</summary>
internal sealed class RunCancellation : IAsyncDisposable
{
    // Each look is a round trip to the file server, and most fetches are over before the first.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly string _mark;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _watching;

    public RunCancellation(VolumeLayout volume, Guid runId, TimeProvider time)
    {
        _mark = volume.Cancelled(runId);
        _timer = new PeriodicTimer(s_pause, time);
        _watching = WatchAsync();
    }

    /// <summary>Cancelled with the run.</summary>
    public CancellationToken Token => _cancelled.Token;

    /// <summary>Whether the run is cancelled already.</summary>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public bool IsCancelled => Posix.Exists(_mark);

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _watching;
        _cancelled.Dispose();
    }

    // Ends with the timer.
    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            try
            {
                if (!IsCancelled)
                    continue;
                await _cancelled.CancelAsync();
                return;
            }
            catch (IOException)
            {
                // The fetch meets it itself when it writes.
            }
        }
    }
}
