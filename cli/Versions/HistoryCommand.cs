using System.CommandLine;

namespace Benchmark.Cli.Versions;

/// <summary><c>benchmark history</c>: every version of a model, and the refreshes that made none.</summary>
internal static class HistoryCommand
{
    private static readonly Argument<string> s_model = OneModel.Argument();

    private static readonly Option<bool> s_csv = new("--csv") { Description = "Write CSV to stdout." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "history", "Show every version of a model: when, who, why, how it drifted; and the refreshes between.")
        {
            s_model, s_csv,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(s_csv) && result.GetValue(GlobalOptions.Json))
                result.AddError("--csv and --json are two forms of the same: give one.");
        });
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var model = OneModel.Find(invocation, invocation.Value(s_model)!);
        var chronicle = await ModelChronicle.ReadAsync(invocation, model.Name, ct);
        if (invocation.Json)
            invocation.Terminal.Json(new
            {
                model.ValueStream,
                model.Model,
                chronicle.RunsUnknown,
                chronicle.Entries,
            });
        else if (invocation.Value(s_csv))
            HistoryLines.WriteCsv(chronicle, invocation.Terminal);
        else if (invocation.Terminal.IsInteractive)
            invocation.Terminal.Out.Write(HistoryLines.Table(chronicle).Fit(invocation.Terminal.Out));
        else
            HistoryLines.Write(chronicle, invocation.Terminal);
        if (chronicle.RunsUnknown is { } why)
            invocation.Terminal.Note($"Refreshes that made no version are not shown: {why}.");
        else if (chronicle.Entries.Count == 0)
            invocation.Terminal.Note($"No refresh of {model.Name} is known. Start: benchmark refresh {model.Name}");
        return ExitCode.Done;
    }
}
