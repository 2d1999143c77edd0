using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Fetcher;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Runs;

/// <summary>Progress as plain lines: one when a model has an outcome, and now and then one of a long fetch.</summary>
internal sealed class ProgressLines(Guid runId, Terminal terminal, FetchProgress? fetches)
{
    // Rarely enough for a log of hours.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private readonly HashSet<ModelKey> _told = [];
    private readonly Dictionary<ModelKey, long> _paused = [];
    private bool _started;

    public void Show(RunChanges changes)
    {
        if (!_started)
            terminal.Note($"Run {runId}: {Text.Models(changes.Models.Count)}");
        _started = true;
        foreach (var model in changes.Models)
        {
            if (model.Outcome is { } outcome)
                Tell(model.Name, outcome);
        }
        foreach (var (model, soFar) in fetches?.Of(runId) ?? [])
            Tell(model, soFar);
    }

    private void Tell(ModelKey model, Outcome outcome)
    {
        if (_told.Add(model))
            terminal.Note($"{model} {outcome.Word()}");
    }

    // Not of a fetch that is over within the first pause.
    private void Tell(ModelKey model, FetchedSoFar soFar)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (_paused.TryAdd(model, now) || TimeProvider.System.GetElapsedTime(_paused[model], now) < s_pause)
            return;
        _paused[model] = now;
        terminal.Note($"{model} fetch: {Text.SoFar(soFar)}");
    }
}
