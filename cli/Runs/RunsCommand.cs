using System.CommandLine;
using Benchmark.Cli.Completion;
using Benchmark.Contracts;
using Benchmark.Data;
using Benchmark.Notifier.Runs;
using Spectre.Console;

namespace Benchmark.Cli.Runs;

/// <summary><c>benchmark runs</c>: lists the last runs, or shows one with the outcome of every model.</summary>
internal static class RunsCommand
{
    private static readonly Argument<string?> s_run =
        Arguments.Names<string?>(
            "run", "A run id, or the beginning of one.", ArgumentArity.ZeroOrOne, KnownNames.Runs);

    private static readonly Option<int> s_last = new("--last")
    {
        Description = "How many runs to list, newest first.",
        DefaultValueFactory = _ => 20,
        CustomParser = Arguments.FromOne("--last"),
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("runs", "Show the last runs, or one run in full.") { s_run, s_last };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var store = RunHistory.Open(invocation);
        if (invocation.Value(s_run) is { } id)
        {
            var run = await RunHistory.FindAsync(store, id, ct);
            RunResultView.Show(invocation, new RunResult(run, await store.DeliveriesAsync(run.RunId, ct)));
            return ExitCode.Done;
        }
        Show(invocation, await store.ListAsync(invocation.Value(s_last), ct));
        return ExitCode.Done;
    }

    private static void Show(Invocation invocation, IReadOnlyList<RunSummary> runs)
    {
        if (runs.Count == 0)
            invocation.Terminal.Note(
                $"No runs yet. Runs are recorded in {invocation.StateDirectory} (--state), or in the --database.");
        if (invocation.Json)
            invocation.Terminal.Json(runs.Select(run => run.WithoutHints()));
        else if (invocation.Terminal.IsInteractive)
            invocation.Terminal.Out.Write(Table(runs, invocation.Terminal.Out));
        else
            foreach (var run in runs)
                invocation.Terminal.Line(
                    $"{run.RunId}\t{run.StartedAt:u}\t{run.Trigger?.Word()}\t{run.State.Word()}\t"
                    + $"{RunResultLines.Counts(run)}\t{RunResultLines.WhoAndWhy(run)}");
    }

    // On a narrow terminal, who and why stand below the counts.
    private static Table Table(IReadOnlyList<RunSummary> runs, IAnsiConsole console)
    {
        var wide = new FittingTable().Add("run").Add("started").Add("state").Add("models").Add("requested");
        var narrow = new FittingTable().Add("run").Add("started", need: 1).Add("models", wraps: true);
        foreach (var run in runs)
        {
            var (counts, asked) = (RunResultLines.Counts(run), Markup.Escape(RunResultLines.WhoAndWhy(run)));
            var state = run.State.Word();
            wide.AddRow(run.RunId.ToString(), Format.Moment(run.StartedAt), state, counts, asked);
            narrow.AddRow(
                run.RunId.ToString(), Format.Moment(run.StartedAt),
                $"{(run.State == RunState.Completed ? counts : $"{state}: {counts}")}\n[grey]{asked}[/]");
        }
        return wide.FitsWhole(console) ? wide.Fit(console) : narrow.Fit(console);
    }
}
