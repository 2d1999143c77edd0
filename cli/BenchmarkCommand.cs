using System.CommandLine;
using System.Data.Common;
using Benchmark.Cli.Completion;
using Benchmark.Cli.Demo;
using Benchmark.Cli.Errors;
using Benchmark.Cli.Help;
using Benchmark.Cli.Init;
using Benchmark.Cli.Models;
using Benchmark.Cli.Notify;
using Benchmark.Cli.Pages;
using Benchmark.Cli.Runs;
using Benchmark.Cli.Stability;
using Benchmark.Cli.Versions;
using Benchmark.Contracts.Registry;
using Benchmark.Hosting.Broker;
using Microsoft.Extensions.Options;

namespace Benchmark.Cli;

/// <summary>The command <c>benchmark</c>: its subcommands, and the exit codes of their errors.</summary>
internal static class BenchmarkCommand
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken ct)
    {
        args = HelpCommand.Rewritten(args);
        // An argument may begin with @, such as --cron @monthly; no file is read for it.
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var parsed = Root(terminal).Parse(args, parsing);
        // A command that is only a group of others says what they are.
        if (parsed is { Errors.Count: > 0, UnmatchedTokens: [], CommandResult.Command.Action: null })
            parsed = Root(terminal).Parse([.. args, "--help"], parsing);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in Mistyped.Errors(parsed))
                terminal.Note(error);
            terminal.Note($"See {Mistyped.PathOf(parsed)} --help.");
            return ExitCode.Usage;
        }
        try
        {
            // Program handles signals, and exceptions are mapped below.
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                    Output = terminal.Output,
                }, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            terminal.Note("Cancelled.");
            return ExitCode.Cancelled;
        }
        catch (RegistryException e)
        {
            foreach (var problem in e.Problems)
                terminal.Note(problem.ToString());
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is UsageException or OptionsValidationException or UnreadableCsvException)
        {
            terminal.Note(e.Message);
            return ExitCode.Usage;
        }
        catch (Exception e)
            when (
                e is InfrastructureException or BrokerException or IOException or UnauthorizedAccessException
                    or DbException or InvalidDataException)
        {
            terminal.Note(e.Message);
            return ExitCode.Infrastructure;
        }
    }

    internal static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand(
            "Keeps the benchmark files of model monitoring up to date: fetch, check, publish, report.");
        root.Options.Add(GlobalOptions.Json);
        foreach (var option in GlobalOptions.Settings.Values)
            root.Options.Add(option);
        root.Subcommands.Add(DemoCommand.Create(terminal));
        root.Subcommands.Add(InitCommand.Create(terminal));
        root.Subcommands.Add(UpCommand.Create(terminal));
        root.Subcommands.Add(RefreshCommand.Create(terminal));
        root.Subcommands.Add(RunsCommand.Create(terminal));
        root.Subcommands.Add(CancelCommand.Create(terminal));
        root.Subcommands.Add(ReportCommand.Create(terminal));
        root.Subcommands.Add(ModelsCommand.Create(terminal));
        root.Subcommands.Add(HistoryCommand.Create(terminal));
        root.Subcommands.Add(DiffCommand.Create(terminal));
        root.Subcommands.Add(RollbackCommand.Create(terminal));
        root.Subcommands.Add(AcceptCommand.Create(terminal));
        root.Subcommands.Add(PinCommand.CreatePin(terminal));
        root.Subcommands.Add(PinCommand.CreateUnpin(terminal));
        root.Subcommands.Add(VerifyCommand.Create(terminal));
        root.Subcommands.Add(PruneCommand.Create(terminal));
        root.Subcommands.Add(PsiCommand.Create(terminal));
        root.Subcommands.Add(CheckCommand.Create(terminal));
        root.Subcommands.Add(VolumeCommand.Create(terminal));
        root.Subcommands.Add(NotifyCommand.Create(terminal));
        root.Subcommands.Add(ErrorsCommand.Create(terminal));
        root.Subcommands.Add(TopologyCommand.Create(terminal));
        root.Subcommands.Add(PagesCommand.Create(terminal));
        root.Subcommands.Add(CompletionCommand.Create(terminal));
        root.Subcommands.Add(HelpCommand.Create());
        HelpWithExamples.AddTo(root);
        return root;
    }
}
