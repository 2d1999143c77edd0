namespace Benchmark.Notifier.Verifying;

/// <summary>Holds up whoever reads so that no more than so many bytes a second are read.</summary>
internal sealed class ReadingPace(long bytesPerSecond, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private long _read;

    /// <summary>Waits as long as the bytes read so far are too many for the time that has passed.</summary>
    public void Read(int bytes, CancellationToken ct)
    {
        _read += bytes;
        var due = TimeSpan.FromSeconds((double)_read / bytesPerSecond) - time.GetElapsedTime(_started);
        if (due > TimeSpan.Zero)
            Task.Delay(due, time, ct).GetAwaiter().GetResult();
    }
}
