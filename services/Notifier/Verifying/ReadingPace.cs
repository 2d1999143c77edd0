namespace Benchmark.Notifier.Verifying;

/// <summary>Holds up whoever reads so that no more than so many bytes a second are read.</summary>
internal sealed class ReadingPace(long bytesPerSecond, TimeProvider time)
{
    // Below it, a timer costs more than it slows down.
    private static readonly TimeSpan s_worthWaiting = TimeSpan.FromMilliseconds(10);

    private readonly long _started = time.GetTimestamp();
    private long _read;

    /// <summary>Waits as long as the bytes read so far are too many for the time that has passed.</summary>
    public void Read(int bytes, CancellationToken ct)
    {
        if (DueAfter(bytes) is var due && due >= s_worthWaiting)
            Task.Delay(due, time, ct).GetAwaiter().GetResult();
    }

    /// <summary>How long to wait after so many bytes more; negative when there is time to spare.</summary>
    internal TimeSpan DueAfter(int bytes)
    {
        _read += bytes;
        return TimeSpan.FromSeconds((double)_read / bytesPerSecond) - time.GetElapsedTime(_started);
    }
}
