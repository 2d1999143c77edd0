using System.CommandLine.Parsing;
using Benchmark.Cli;
using Microsoft.Data.Sqlite;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>The command <c>benchmark</c> in this process, as a pipe sees it.</summary>
internal static class CommandLine
{
    /// <summary>Runs a line of a shell; settings that it does not name come from <paramref name="settings"/>.</summary>
    public static async Task<CommandResult> RunAsync(string line, IReadOnlyDictionary<string, string> settings)
    {
        string[] typed = [.. CommandLineParser.SplitCommandLine(line).Skip(1)];
        var added = settings.Where(setting => !typed.Contains(setting.Key))
            .SelectMany(setting => new[] { setting.Key, setting.Value });
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var exitCode = await BenchmarkCommand.RunAsync(
            [.. typed, .. added], new Terminal(output, error), patience.Token);
        // A command that ends closes its database; here it would stay open in the tests' process.
        SqliteConnection.ClearAllPools();
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }
}

internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}{Error}";
}
