using System.CommandLine;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Pages;
using Benchmark.Notifier.Reports;
using Benchmark.Notifier.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Benchmark.Cli.Runs;

/// <summary><c>benchmark report</c>: the report of a run again, as text or as a page.</summary>
internal static class ReportCommand
{
    private const string Latest = "latest";

    private static readonly Argument<string> s_run = Arguments.Names<string>(
        "run", $"A run id, the beginning of one, or '{Latest}'.", ArgumentArity.ExactlyOne);

    private static readonly Option<string> s_html = new("--html")
    {
        Description = "Write it as one page that needs nothing else; - writes it to stdout.",
        HelpName = "file",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("report", "Show the report of a run, on all of its models.") { s_run, s_html };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var store = RunHistory.Open(invocation);
        var run = await FindAsync(store, invocation.Value(s_run)!, ct);
        if (invocation.Json)
        {
            RunResultView.Show(invocation, new RunResult(run, await store.DeliveriesAsync(run.RunId, ct)));
            return ExitCode.Done;
        }
        var facts = await Builder(invocation, store).WholeAsync(run, ct);
        if (invocation.Value(s_html) is { } file)
            Write(invocation, file, await RunReport.FileAsync(facts));
        else
            invocation.Terminal.Line((await RunReport.WriteAsync(facts)).Text.TrimEnd());
        return ExitCode.Done;
    }

    private static async Task<RunSummary> FindAsync(RunStore store, string id, CancellationToken ct)
    {
        if (id != Latest)
            return await RunHistory.FindAsync(store, id, ct);
        return await store.ListAsync(1, ct) is [var newest]
            ? newest : throw new UsageException("There is no run yet. Start one: benchmark refresh --all.");
    }

    private static void Write(Invocation invocation, string file, string page)
    {
        if (file == "-")
        {
            invocation.Terminal.Line(page);
            return;
        }
        var path = Path.GetFullPath(file);
        WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
        invocation.Terminal.Note($"Written: {path}");
    }

    private static ReportBuilder Builder(Invocation invocation, RunStore store) => new(
        store,
        new ModelFactsReader(invocation.Volume, NullLogger<ModelFactsReader>.Instance),
        new ReportContexts(
            invocation.Configuration,
            Options.Create(new PagesOptions { Url = invocation.Configuration["Pages:Url"] }), invocation.Volume),
        () => Registry(invocation));

    // The report of a run of years ago must not depend on today's registry: without it, owners are left out.
    private static ModelRegistry? Registry(Invocation invocation)
    {
        try
        {
            return RegistryFile.Read(invocation);
        }
        catch (RegistryException e)
        {
            invocation.Terminal.Note($"The registry cannot be read, so owners and limits are left out: {e.Message}");
            return null;
        }
    }
}
