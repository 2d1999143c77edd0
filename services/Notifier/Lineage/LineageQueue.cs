using System.Threading.Channels;
using Benchmark.Notifier.Measuring;
using Benchmark.Notifier.Saga;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Lineage;

/// <summary>
/// The refreshes whose lineage is to be sent, in memory: lineage never holds up a run, and an event may be lost.
/// </summary>
internal sealed class LineageQueue
{
    // Several runs of every model; a server that is away longer loses the oldest.
    private const int Capacity = 10_000;

    private readonly Channel<EndedRefresh> _waiting;
    private readonly LineageMetrics _metrics;
    private readonly bool _isEnabled;
    private readonly TimeProvider _time;

    public LineageQueue(IOptions<LineageOptions> options, LineageMetrics metrics, TimeProvider time)
    {
        (_metrics, _isEnabled, _time) = (metrics, options.Value.IsEnabled, time);
        _waiting = Channel.CreateBounded<EndedRefresh>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => metrics.NotSent());
    }

    public ChannelReader<EndedRefresh> Waiting => _waiting.Reader;

    public void Add(Recorded recorded)
    {
        if (!_isEnabled || recorded.Run is not { } run)
            return;
        foreach (var refresh in recorded.Ended)
        {
            if (!_waiting.Writer.TryWrite(new EndedRefresh(run, refresh, _time.GetUtcNow())))
                _metrics.NotSent();
        }
    }

    /// <summary>Takes no more, so that whoever reads it comes to an end.</summary>
    public void Complete() => _waiting.Writer.TryComplete();
}
