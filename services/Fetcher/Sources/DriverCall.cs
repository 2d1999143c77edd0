namespace Benchmark.Fetcher.Sources;

/// <summary>
/// Work that is done inside a driver. A driver may block whoever cancels its token (Snowflake's waits for the server's
/// answer, up to two minutes), and may not come back when it is cancelled. The
/// caller is protected from both: a worker cancels, and a driver that does not stop in time is abandoned.
/// </summary>
internal static class DriverCall
{
    // Longer than Npgsql's two seconds for a polite cancellation; short enough for a stopping pod's 20 seconds.
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(8);

    /// <exception cref="OperationCanceledException">It was cancelled, whether or not the driver has
    /// noticed.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        // Not disposed, because abandoned work may still use it; it holds no timer.
        var stop = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = ct.Register(() =>
        {
            _ = Task.Run(stop.Cancel, CancellationToken.None);
            cancelled.TrySetResult();
        });
        var working = Task.Run(() => work(stop.Token), CancellationToken.None);
        await Task.WhenAny(working, cancelled.Task);
        if (!working.IsCompleted)
            await Task.WhenAny(working, Task.Delay(s_stopTimeout, CancellationToken.None));
        // What is done is done, however late: its rows are complete and compared.
        if (!working.IsCompletedSuccessfully)
            ct.ThrowIfCancellationRequested();
        return await working;
    }
}
