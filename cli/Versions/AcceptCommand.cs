using System.CommandLine;
using Benchmark.Cli.Completion;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Cli.Versions;

/// <summary><c>benchmark accept</c>: publishes what was rejected, as it lies there.</summary>
internal static class AcceptCommand
{
    private static readonly Argument<string> s_model = OneModel.Argument();

    private static readonly Option<string> s_run = new("--run")
    {
        Description = "The run that rejected the data, or the beginning of its id.",
        HelpName = "run",
        Required = true,
        CompletionSources = { KnownNames.Runs },
    };

    private static readonly Option<string> s_reason = OneModel.Reason();

    private static readonly Option<bool> s_wait = new("--wait") { Description = PublisherRun.Wait };

    private static readonly Option<bool> s_dryRun =
        new("--dry-run") { Description = "Only show what would be published, and which checks would be overruled." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "accept", "Publish data that was rejected, without fetching it again. Integrity and row rules stand.")
        {
            s_model, s_run, s_reason, s_wait, s_dryRun,
        };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var model = OneModel.Find(invocation, invocation.Value(s_model)!);
        var paths = invocation.Volume.Model(model.Name);
        var rejectedRun = RejectedRun.Find(model.Name, paths, invocation.Value(s_run)!);
        var rejected = paths.Rejected(rejectedRun);
        var report = VolumeJson.Read<ValidationReport>(rejected.Report);
        if (Overruling.Firm(report) is { Count: > 0 } firm)
            throw new UsageException(
                $"{Overruling.Refusal(firm)} {CheckDescription.NextStepAfter(firm, model.Name)}");
        if (invocation.Value(s_dryRun))
        {
            Show(invocation, model.Name, rejectedRun, VolumeJson.Read<StagedFacts>(rejected.Facts), report);
            return ExitCode.Done;
        }
        if (invocation.Value(s_reason) is not { } reason)
            throw new UsageException(
                "To accept what was rejected needs a reason, which is told to the team: add --reason TEXT.");
        return await PublisherRun.RunAsync(
            invocation, model, RunTrigger.Accept, reason, invocation.Value(s_wait),
            (run, who) => new AcceptRejected
            {
                RunId = run,
                ValueStream = model.ValueStream,
                Model = model.Model,
                RejectedRunId = rejectedRun,
                RequestedBy = who,
                Reason = reason,
            },
            ct);
    }

    private static void Show(
        Invocation invocation, ModelKey name, Guid run, StagedFacts facts, ValidationReport report)
    {
        var failed = report.Checks.Where(check => check.Status == CheckStatus.Fail).ToList();
        if (invocation.Json)
        {
            invocation.Terminal.Json(new
            {
                name.ValueStream,
                name.Model,
                RunId = run,
                facts.FetchedAt,
                facts.Rows,
                facts.Bytes,
                WouldOverrule = failed,
            });
            return;
        }
        invocation.Terminal.Line(
            $"{name}: what run {run} rejected would be published: {Format.Rows(facts.Rows)}, "
            + $"{Format.Bytes(facts.Bytes)}, fetched {Format.Moment(facts.FetchedAt)}");
        foreach (var check in failed)
            invocation.Terminal.Line($"would overrule {check.Check.Word()}: {check.Message}");
    }
}
