using Benchmark.Tests.Support;
using Xunit.Abstractions;

namespace Benchmark.Deploy.Tests.Operations;

/// <summary>
/// Every command of the runbook is run, in its order, on one installation: what an earlier paragraph did is there for
/// the later ones. Commands of <c>oc</c> need a cluster; those that stop and start services do that here, too.
/// </summary>
[NeedsRabbitMq, NeedsPostgreSql, NeedsSqliteShell]
public sealed class Following_the_runbook(ITestOutputHelper output) : IAsyncLifetime
{
    private const string InACheckout = "dotnet run --project cli -- ";

    private RabbitServer _broker = null!;
    private PostgresServer _postgres = null!;
    private Installation _installation = null!;
    private RunbookActions _actions = null!;

    public async Task InitializeAsync()
    {
        _postgres = new PostgresServer();
        _broker = await RabbitServer.StartAsync();
        _installation = await Installation.CreateAsync(_broker, _postgres);
        _actions = new RunbookActions(_installation);
    }

    public async Task DisposeAsync()
    {
        await _installation.DisposeAsync();
        await _broker.DisposeAsync();
        _postgres.Dispose();
    }

    [Fact(Timeout = 900_000)]
    public async Task Every_command_does_what_it_is_there_for()
    {
        var section = "";
        foreach (var step in Runbook.Steps)
        {
            if (step.Section != section)
                await _actions.BeginAsync(section = step.Section);
            var started = TimeProvider.System.GetTimestamp();
            await FollowAsync(step);
            output.WriteLine($"{TimeProvider.System.GetElapsedTime(started).TotalSeconds,5:0.0} s  {step.Text}");
        }

        _actions.Unused.Should().BeEmpty("each of them is for a command or a heading of the runbook");
    }

    private async Task FollowAsync(RunbookStep step)
    {
        if (step.Program is "yaml")
            await _actions.RegisterAsync(step.Text);
        else if (step.Program is "benchmark" || step.Text.StartsWith(InACheckout))
            Check(step, await _installation.BenchmarkAsync(step.Text.Replace(InACheckout, "benchmark ")));
        else if (RunbookActions.Tools.Contains(step.Program))
            Check(step, await _installation.ShellAsync(step.Text, _actions.Typed(step.Text)));
        else
            RunbookActions.OfACluster.Should().Contain(step.Program, $"else nothing runs {step}");
        await _actions.EndAsync(step.Text);
    }

    private void Check(RunbookStep step, CommandResult result) =>
        result.ExitCode.Should().Be(_actions.ExitCode(step.Text), $"of {step}\nIt gave {result}");
}
