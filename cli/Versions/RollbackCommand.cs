using System.CommandLine;
using Benchmark.Contracts;

namespace Benchmark.Cli.Versions;

/// <summary><c>benchmark rollback</c>: serves the data of an old version again, under a new number.</summary>
internal static class RollbackCommand
{
    private static readonly Argument<string> s_model = OneModel.Argument();

    private static readonly Option<int> s_to = new("--to")
    {
        Description = "The version whose data is to be served again.",
        HelpName = "version",
        Required = true,
        CustomParser = Arguments.FromOne("--to"),
    };

    private static readonly Option<string> s_reason = OneModel.Reason();

    private static readonly Option<bool> s_wait = new("--wait") { Description = PublisherRun.Wait };

    private static readonly Option<bool> s_dryRun = new("--dry-run") { Description = "Only show what would change." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "rollback", "Serve the data of an old version again: a new version, without a copy, told to the team.")
        {
            s_model, s_to, s_reason, s_wait, s_dryRun,
        };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var model = OneModel.Find(invocation, invocation.Value(s_model)!);
        var to = invocation.Value(s_to);
        var change = RollbackChange.Of(model.Name, invocation.Volume.Model(model.Name), to);
        if (invocation.Value(s_dryRun))
        {
            change.Show(invocation);
            return ExitCode.Done;
        }
        if (invocation.Value(s_reason) is not { } reason)
            throw new UsageException("A rollback needs a reason, which is told to the team: add --reason TEXT.");
        return await PublisherRun.RunAsync(
            invocation, model, RunTrigger.Rollback, reason, invocation.Value(s_wait),
            (run, who) => new RollBackModel
            {
                RunId = run,
                ValueStream = model.ValueStream,
                Model = model.Model,
                ToVersion = to,
                RequestedBy = who,
                Reason = reason,
            },
            ct);
    }
}
