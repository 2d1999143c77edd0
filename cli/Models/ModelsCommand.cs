using System.CommandLine;

namespace Benchmark.Cli.Models;

/// <summary><c>benchmark models</c>: the last refreshes, the served versions, their age and their drift.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string[]> s_models = Arguments.Models();

    private static readonly Option<bool> s_late = new("--late")
    {
        Description = "Only models whose refresh is overdue, or that were never published.",
    };

    private static readonly Option<bool> s_moved = new("--moved")
    {
        Description = "Only models with a column that has moved, since the version before or since the anchor.",
    };

    private static readonly Option<bool> s_failed = new("--failed")
    {
        Description = "Only models whose last refresh was rejected, failed or is missing.",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "models", "Show how each model's last refresh ended, and what is published, how old and how drifted.")
        {
            s_models, s_late, s_moved, s_failed,
        };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var selectors = invocation.Value(s_models) ?? [];
        var selected = ModelSelector.Select(RegistryFile.Read(invocation), selectors);
        var now = TimeProvider.System.GetUtcNow();
        // Without it every model would be “never published”.
        if (!VolumeProbe.IsYetToBeMade(invocation))
            VolumeProbe.RequireRoot(invocation.Volume);
        var entries = await ModelStatuses.ReadAsync(invocation, selected, now, ct);
        var shown = entries.Where(entry => IsAsked(entry, invocation)).ToList();

        if (invocation.Json)
            invocation.Terminal.Json(shown.Select(entry => entry.Status));
        else if (shown is [var only] && selectors is [var name] && ModelSelector.IsName(name))
            new ModelCard(only, invocation.Volume, now).Show(invocation.Terminal);
        else
            new ModelTable(shown, now).Show(invocation.Terminal);
        if (shown.Count == 0 && entries.Count > 0)
            invocation.Terminal.Note($"None of {Format.Models(entries.Count)} is {InWords(invocation)}.");
        return ExitCode.Done;
    }

    // Several filters together show what any of them would.
    private static bool IsAsked(ModelEntry entry, Invocation invocation)
    {
        var (late, moved, failed) = (invocation.Value(s_late), invocation.Value(s_moved), invocation.Value(s_failed));
        return late && entry.IsLate || moved && entry.HasMoved || failed && entry.HasFailed
            || !(late || moved || failed);
    }

    private static string InWords(Invocation invocation)
    {
        (bool Asked, string Word)[] filters =
        [
            (invocation.Value(s_late), "late"), (invocation.Value(s_moved), "moved"),
            (invocation.Value(s_failed), "without a good last refresh"),
        ];
        return string.Join(" or ", filters.Where(filter => filter.Asked).Select(filter => filter.Word));
    }
}
