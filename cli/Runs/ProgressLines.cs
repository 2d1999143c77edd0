using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Fetcher;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Runs;

/// <summary>Progress as lines: one for each outcome, and one every few seconds of a long fetch.</summary>
internal sealed class ProgressLines(Guid runId, Terminal terminal, FetchProgress? fetches)
{
    // Rare enough for the log of a run that takes hours.
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly HashSet<ModelKey> _shown = [];
    private readonly Dictionary<ModelKey, long> _lastShown = [];
    private bool _started;

    public void Show(RunChanges changes)
    {
        if (!_started)
            terminal.Note($"Run {runId}: {Format.Models(changes.Models.Count)}");
        _started = true;
        foreach (var model in changes.Models)
        {
            if (model.Outcome is { } outcome)
                Show(model.Name, outcome);
        }
        foreach (var (model, soFar) in fetches?.Of(runId) ?? [])
            Show(model, soFar);
    }

    private void Show(ModelKey model, Outcome outcome)
    {
        if (_shown.Add(model))
            terminal.Note($"{model} {outcome.Word()}");
    }

    // A fetch that ends within the first interval is not shown.
    private void Show(ModelKey model, FetchedSoFar soFar)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (_lastShown.TryAdd(model, now) || TimeProvider.System.GetElapsedTime(_lastShown[model], now) < s_interval)
            return;
        _lastShown[model] = now;
        terminal.Note($"{model} fetch: {Format.SoFar(soFar)}");
    }
}
