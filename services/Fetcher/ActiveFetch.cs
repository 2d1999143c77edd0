using Benchmark.Contracts.Registry;

namespace Benchmark.Fetcher;

/// <summary>
/// Counts one fetch. Called by whoever writes the file, once for each block; read by others at any time.
/// </summary>
internal sealed class ActiveFetch : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<ActiveFetch> _end;
    private readonly string[] _tags;
    private volatile Block? _last;

    public ActiveFetch(ModelDefinition model, SourceDefinition source, TimeProvider time, Action<ActiveFetch> end)
    {
        _time = time;
        _end = end;
        _tags = [source.Name, source.Kind, model.ValueStream, model.Model];
        FetchMetrics.Began(_tags);
    }

    public FetchedSoFar? SoFar => _last is { } last
        ? new FetchedSoFar(last.Rows, last.Bytes, BytesPerSecond(last)) : null;

    /// <summary>Resets the counts: the source starts, perhaps again.</summary>
    public void StartOver() => _last = null;

    /// <summary>Records that another block was written.</summary>
    /// <param name="rows">Complete rows so far.</param>
    /// <param name="bytes">Bytes so far.</param>
    public void Wrote(long rows, long bytes)
    {
        var previous = _last;
        _last = new Block(rows, bytes, _time.GetTimestamp(), previous?.First ?? previous);
        FetchMetrics.Wrote(rows - (previous?.Rows ?? 0), bytes - (previous?.Bytes ?? 0), _tags);
    }

    public void Dispose()
    {
        FetchMetrics.Ended(_tags);
        _end(this);
    }

    // Up to now and not up to the last block, so that the rate falls when a source stops sending.
    private double? BytesPerSecond(Block last) =>
        last.First is { } first && last.Bytes > first.Bytes
            && _time.GetElapsedTime(first.Timestamp) is { Ticks: > 0 } elapsed
            ? (last.Bytes - first.Bytes) / elapsed.TotalSeconds
            : null;

    private sealed record Block(long Rows, long Bytes, long Timestamp, Block? First);
}
