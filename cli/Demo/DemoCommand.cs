using System.CommandLine;
using Benchmark.Cli.Runs;

namespace Benchmark.Cli.Demo;

/// <summary><c>benchmark demo</c>: a sample warehouse refreshed end to end; run again, a month later.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> s_directory = new("--dir")
    {
        Description = "Where to create it.",
        HelpName = "dir",
        DefaultValueFactory = _ => "./demo",
    };

    private static readonly Option<bool> s_serve = new("--serve")
    {
        Description = "Then serve the pages until Ctrl+C.",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("demo",
            "Make a sample warehouse and registry and refresh every model. Run again for the next month: "
            + "one model moves, one is rejected.");
        command.Options.Add(s_directory);
        command.Options.Add(s_serve);
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var folder = new DemoFolder(invocation.Value(s_directory)!);
        var month = folder.PrepareNextMonth();
        invocation.Configuration["Volume:Root"] = folder.Volume;
        invocation.Configuration["Registry:Path"] = folder.Registry;
        invocation.Configuration["State:Directory"] = folder.State;
        // The demo is one process with files only, whatever the environment sets.
        invocation.Configuration["RabbitMq:Uri"] = null;
        invocation.Configuration["Notifier:Database"] = null;
        invocation.Configuration["Mail:Smtp"] = null;
        invocation.Configuration["Slack:WebhookUrl"] = null;

        invocation.Terminal.Note($"Month {month} of the sample data, in {folder.Directory}");
        var result = await LocalRun.RunAsync(invocation, RefreshRequest.Everything($"demo month {month}").Plan, ct);
        RunResultView.Show(invocation, result);
        if (invocation.Value(s_serve))
            await DemoPages.ServeAsync(invocation, ct);
        invocation.Terminal.Note($"Next, from this directory (the first line is month {month + 1}):");
        foreach (var step in DemoNextSteps.Of(folder))
            invocation.Terminal.Note($"  {step}");
        if (!invocation.Value(s_serve))
            invocation.Terminal.Note($"Pages to look at, until Ctrl+C:\n  {DemoNextSteps.Pages(folder)}");
        return WentAsPlanned(result, month) ? ExitCode.Done : result.ExitCode;
    }

    // In even months the sample data of model_b is broken on purpose; a rejection of that one is the plan.
    private static bool WentAsPlanned(RunResult result, int month) =>
        result.Run.Models.All(model => model.IsRefreshed
            || month % 2 == 0 && model is { Model: "model_b", Outcome: Contracts.Outcome.Rejected });
}
