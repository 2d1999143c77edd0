using System.CommandLine;
using Benchmark.Cli.Runs;
using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;
using Benchmark.Hosting;

namespace Benchmark.Cli;

/// <summary><c>benchmark check</c>: registry, connections, volume, state: every problem at once.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("check", "Look at registry, sources, volume and state, and name every problem.");
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var (registry, configuration) = ReadRegistry(invocation);
        List<RegistryProblem> infrastructure =
        [
            .. Volume(invocation),
            .. await StateAsync(invocation, ct),
            .. await BrokerAsync(invocation, ct),
            .. registry is null ? [] : await SourceProbe.ProblemsAsync(registry, ct),
        ];
        Show(invocation, [.. configuration, .. infrastructure]);
        return configuration.Count > 0 ? ExitCode.Usage : infrastructure.Count > 0 ? ExitCode.Infrastructure : ExitCode.Done;
    }

    private static (ModelRegistry? Registry, IReadOnlyList<RegistryProblem> Problems) ReadRegistry(Invocation invocation)
    {
        try
        {
            return (RegistryFile.Read(invocation), []);
        }
        catch (RegistryException e)
        {
            return (null, e.Problems);
        }
    }

    private static IEnumerable<RegistryProblem> Volume(Invocation invocation)
    {
        if (VolumeProbe.Problem(invocation.Volume) is { } problem)
            yield return new RegistryProblem
            {
                Where = invocation.Volume.Root,
                Problem = problem,
                Hint = "Mount it writable, free some space, or name another with --root (BENCHMARK_ROOT).",
            };
    }

    private static async Task<IReadOnlyList<RegistryProblem>> BrokerAsync(Invocation invocation, CancellationToken ct) =>
        await BrokerProbe.ProblemAsync(invocation.Configuration, ct) is { } problem
            ? [new RegistryProblem
                {
                    Where = "broker",
                    Problem = problem,
                    Hint = "Start it, or correct RABBITMQ_URI (--broker): host, user, password, virtual host.",
                }]
            : [];

    private static async Task<IReadOnlyList<RegistryProblem>> StateAsync(Invocation invocation, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(invocation.StateDirectory);
            await RunHistory.Open(invocation).ListAsync(newest: 1, ct);
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            return
            [
                new RegistryProblem
                {
                    Where = invocation.StateDirectory,
                    Problem = $"The Notifier's database cannot be used: {e.Message}",
                    Hint = "Name a writable directory with --state (BENCHMARK_STATE), or a database with --database (BENCHMARK_DATABASE).",
                },
            ];
        }
    }

    private static void Show(Invocation invocation, IReadOnlyList<RegistryProblem> problems)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Json(new { Ok = problems.Count == 0, Problems = problems });
            return;
        }
        foreach (var problem in problems)
            invocation.Terminal.Line(problem.ToString());
        invocation.Terminal.Line(problems.Count switch
        {
            0 => "ok: registry, sources, volume and state can be used",
            1 => "1 problem",
            var count => $"{count} problems",
        });
    }
}
