using Benchmark.Contracts;
using Benchmark.Notifier.Runs;

namespace Benchmark.Cli.Runs;

/// <summary>Progress as plain lines: one when a model has an outcome.</summary>
internal sealed class ProgressLines(Terminal terminal)
{
    private readonly HashSet<(string, string)> _told = [];
    private bool _started;

    public void Show(RunSummary run)
    {
        if (!_started)
            terminal.Note($"Run {run.RunId}: {Text.Models(run.Models.Count)}");
        _started = true;
        foreach (var model in run.Models)
        {
            if (model.Outcome is { } outcome && _told.Add((model.ValueStream, model.Model)))
                terminal.Note($"{model.ValueStream}/{model.Model} {outcome.Word()}");
        }
    }
}
