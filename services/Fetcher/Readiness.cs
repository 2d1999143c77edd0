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

    // A question that hangs must not outlast ready_timeout by much.
    private static readonly TimeSpan s_answer = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<(Guid Run, string Source, string Ready), Gate> _gates = new();

    /// <param name="refresh">Whose source.</param>
    /// <param name="health">Whether that can be asked.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>When it was heard that the source has its data; null for a model that does not ask.</returns>
    /// <exception cref="FetchRefusedException">The source is late, or down.</exception>
    /// <exception cref="SourceFailedException">The source failed, or refused to say.</exception>
    public async Task<DateTimeOffset?> RequireAsync(ResolvedRefresh refresh, SourceHealth health, CancellationToken ct)
    {
        if (refresh.Model.Ready is not { } ready)
            return null;
        foreach (var (key, old) in _gates.Where(gate => time.GetElapsedTime(gate.Value.Since) > s_kept))
            _gates.TryRemove(new(key, old));
        var gate = _gates.GetOrAdd((refresh.RunId, refresh.Source.Name, ready), _ => new Gate(time.GetTimestamp()));
        await gate.Turn.WaitAsync(ct);
        try
        {
            return gate.OpenedAt ??= await OpenAsync(refresh, health, gate, ct);
        }
        finally
        {
            gate.Turn.Release();
        }
    }

    private async Task<DateTimeOffset> OpenAsync(
        ResolvedRefresh refresh, SourceHealth health, Gate gate, CancellationToken ct)
    {
        while (refresh.Model.ReadyTimeout - time.GetElapsedTime(gate.Since) is var left && left > TimeSpan.Zero)
        {
            health.Require(refresh.Model.Name, refresh.Source);
            var answer = await AskAsync(refresh, ct);
            if (answer is true)
                return time.GetUtcNow();
            gate.WasAnswered = answer is not null;
            await Task.Delay(left < s_pause ? left : s_pause, time, ct);
        }
        throw Late(refresh, gate);
    }

    // Null when no answer came.
    private async Task<bool?> AskAsync(ResolvedRefresh refresh, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(s_answer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return await query.IsReadyAsync(refresh, s_answer, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private static FetchRefusedException Late(ResolvedRefresh refresh, Gate gate) => new(
        $"The source {refresh.Source} is late: 'ready' was still not true after {refresh.Model.ReadyTimeout}, counted "
        + "from the first model of the run that asked."
        + (gate.WasAnswered ? "" : $" The last time, it was not answered within {s_answer}."),
        $"Nothing is wrong with the model. Ask whoever loads {refresh.Source.Name} when it will be loaded, and refresh "
        + "again then; if it is always that late, schedule the refresh later, or raise ready_timeout.")
    {
        SourceLate = true,
    };

    private sealed class Gate(long since)
    {
        public long Since { get; } = since;

        /// <summary>When the source said that it has its data; null until then.</summary>
        public DateTimeOffset? OpenedAt { get; set; }

        /// <summary>Whether the last question was answered.</summary>
        public bool WasAnswered { get; set; } = true;

        /// <summary>Whose turn it is to ask.</summary>
        public SemaphoreSlim Turn { get; } = new(1);
    }
}
