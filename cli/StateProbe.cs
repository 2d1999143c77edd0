using System.Data.Common;
using Benchmark.Cli.Runs;

namespace Benchmark.Cli;

/// <summary>Does to the Notifier's database what a run does: write.</summary>
internal static class StateProbe
{
    /// <summary>What to do about a database that cannot be used.</summary>
    public const string Hint =
        "Name a writable directory with --state (BENCHMARK_STATE), or a PostgreSQL database with --database (BENCHMARK_DATABASE).";

    /// <summary>Why no run could be written down, for a person to read; null when one could.</summary>
    public static async Task<string?> ProblemAsync(Invocation invocation, CancellationToken ct)
    {
        try
        {
            await RunHistory.Database(invocation).RequireWritableAsync(ct);
            return null;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            return $"No run can be written down in {invocation.StateDirectory}: {e.Message}";
        }
    }

    /// <summary>Refuses to start what nobody would hear of.</summary>
    /// <exception cref="InfrastructureException">No run could be written down.</exception>
    public static async Task RequireAsync(Invocation invocation, CancellationToken ct)
    {
        if (await ProblemAsync(invocation, ct) is { } problem)
            throw new InfrastructureException($"{problem} {Hint}");
    }
}
