using System.Data.Common;
using Benchmark.Cli.Runs;
using Benchmark.Contracts.Registry;

namespace Benchmark.Cli;

/// <summary>Checks that the Notifier's database is writable.</summary>
internal static class StateProbe
{
    /// <summary>What to do about a database that cannot be used.</summary>
    public const string Hint =
        "Name a writable directory with --state (BENCHMARK_STATE), or a PostgreSQL database with --database "
        + "(BENCHMARK_DATABASE).";

    /// <summary>Why no run can be recorded; null when one can.</summary>
    public static async Task<string?> ProblemAsync(Invocation invocation, CancellationToken ct)
    {
        try
        {
            await RunHistory.Database(invocation).RequireWritableAsync(ct);
            return null;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            return $"No run can be recorded in {invocation.StateDirectory}: {e.Message}";
        }
    }

    /// <summary>That SQLite would lie on a network file system, where its locks and its WAL fail.</summary>
    public static IReadOnlyList<RegistryProblem> Warnings(Invocation invocation) =>
        string.IsNullOrEmpty(invocation.Configuration["Notifier:Database"])
            && NetworkFileSystem.Of(invocation.StateDirectory) is { } kind
            ? [new RegistryProblem
            {
                Where = invocation.StateDirectory,
                Problem =
                    $"the state directory is on a network file system ({kind}), where SQLite loses or damages data.",
                Hint = "Name a directory on a local disk or block volume with --state (BENCHMARK_STATE), or a "
                    + "PostgreSQL database with --database (BENCHMARK_DATABASE).",
            }]
            : [];

    /// <summary>Throws when no run can be recorded.</summary>
    /// <exception cref="InfrastructureException">No run can be recorded.</exception>
    public static async Task RequireAsync(Invocation invocation, CancellationToken ct)
    {
        if (await ProblemAsync(invocation, ct) is { } problem)
            throw new InfrastructureException($"{problem} {Hint}");
    }
}
