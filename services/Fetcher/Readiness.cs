using System.Collections.Concurrent;
using Benchmark.Fetcher.Sources;

namespace Benchmark.Fetcher;

/// <summary>
/// Waits until a source has its new data. One model of a run asks; the others of this process wait for what it hears,
/// and a source that is late is late for all of them.
/// </summary>
internal sealed class Readiness(SourceQuery query, TimeProvider time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(Guid Run, string Source, string Ready), Gate> _gates = new();

    /// <exception cref="FetchRefusedException">The source is late.</exception>
    /// <exception cref="SourceFailedException">The source failed, or refused to say.</exception>
    public async Task RequireAsync(ResolvedRefresh refresh, CancellationToken ct)
    {
        if (refresh.Model.Ready is not { } ready)
            return;
        foreach (var (key, old) in _gates.Where(gate => time.GetElapsedTime(gate.Value.Since) > s_kept))
            _gates.TryRemove(new(key, old));
        var gate = _gates.GetOrAdd((refresh.RunId, refresh.Source.Name, ready), _ => new Gate(time.GetTimestamp()));
        await gate.Turn.WaitAsync(ct);
        try
        {
            await RequireAsync(refresh, ready, gate, ct);
        }
        finally
        {
            gate.Turn.Release();
        }
    }

    private async Task RequireAsync(ResolvedRefresh refresh, string ready, Gate gate, CancellationToken ct)
    {
        while (!gate.IsOpen)
        {
            if (time.GetElapsedTime(gate.Since) >= refresh.Model.ReadyTimeout)
                throw new FetchRefusedException(
                    $"The source {refresh.Source} is late: 'ready' was still not true after "
                    + $"{refresh.Model.ReadyTimeout}, counted from the first model of the run that asked.",
                    "Nothing is wrong with the model: refresh it once the source is loaded, or raise ready_timeout.");
            gate.IsOpen = await query.IsReadyAsync(refresh.Source, ready, ct);
            if (!gate.IsOpen)
                await Task.Delay(s_pause, time, ct);
        }
    }

    private sealed class Gate(long since)
    {
        public long Since { get; } = since;

        public bool IsOpen { get; set; }

        /// <summary>Whose turn it is to ask.</summary>
        public SemaphoreSlim Turn { get; } = new(1);
    }
}
