namespace Benchmark.Fetcher.Sources;

/// <summary>
/// Stops a driver that does not look at the token while it works. It interrupts repeatedly until the driver stops,
/// because SQLite and DuckDB forget an interruption that comes just before the query starts.
/// </summary>
internal sealed class Interruption : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationTokenRegistration _registration;
    private Task _interrupting = Task.CompletedTask;

    public Interruption(Action interrupt, CancellationToken ct) =>
        _registration = ct.Register(() => _interrupting = Task.Run(() => InterruptAsync(interrupt)));

    /// <summary>Called when the driver has returned; stops the interruptions.</summary>
    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync();
        await _stopped.CancelAsync();
        await _interrupting;
        _stopped.Dispose();
    }

    private async Task InterruptAsync(Action interrupt)
    {
        using var pause = new PeriodicTimer(s_interval);
        try
        {
            do
                interrupt();
            while (await pause.WaitForNextTickAsync(_stopped.Token));
        }
        catch (OperationCanceledException)
        {
            // The driver has stopped.
        }
    }
}
