using System.CommandLine;
using Benchmark.Cli.Completion;

namespace Benchmark.Cli.Runs;

/// <summary><c>benchmark refresh</c>: starts a run, here or on the broker.</summary>
internal static class RefreshCommand
{
    private static readonly Argument<string[]> s_models = Arguments.Models();

    private static readonly Option<bool> s_all = new("--all") { Description = "Every model of the registry." };

    private static readonly Option<string> s_failed = new("--failed")
    {
        Description = "The failed, rejected and missing models of that run.",
        HelpName = "run",
        CompletionSources = { KnownNames.Runs },
    };

    private static readonly Option<string> s_reason = new("--reason")
    {
        Description = "Why; recorded in the manifest and the report.",
        HelpName = "text",
    };

    private static readonly Option<bool> s_force = new("--force")
    {
        Description =
            "Publish although a comparison with the published version fails (drift, row change, schema). Needs "
            + "--reason.",
    };

    private static readonly Option<bool> s_wait = new("--wait")
    {
        Description = "With a broker: wait for the run to close. Without one, refresh always waits.",
    };

    private static readonly Option<bool> s_dryRun =
        new("--dry-run") { Description = "Only show which models would be refreshed." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("refresh", "Refresh models: fetch, check, publish, report.")
        {
            s_models, s_all, s_failed, s_reason, s_force, s_wait, s_dryRun,
        };
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var request = await RequestAsync(invocation, ct);
        if (invocation.Value(s_dryRun))
            return DryRun(invocation, request);

        if (invocation.HasBroker)
            return await BrokerRun.StartAsync(invocation, request.Plan, invocation.Value(s_wait), ct);

        var result = await LocalRun.RunAsync(invocation, request.Plan, ct);
        RunResultView.Show(invocation, result);
        return result.ExitCode;
    }

    private static async Task<RefreshRequest> RequestAsync(Invocation invocation, CancellationToken ct)
    {
        var models = invocation.Value(s_models) ?? [];
        var failedOf = invocation.Value(s_failed);
        var ways = (models.Length > 0 ? 1 : 0) + (invocation.Value(s_all) ? 1 : 0) + (failedOf is null ? 0 : 1);
        if (ways != 1)
            throw new UsageException(
                "Name the models: value_stream/model, a value_stream or a glob; or --all; or --failed RUN. "
                + "See: benchmark refresh --help.");
        if (invocation.Value(s_force) && string.IsNullOrWhiteSpace(invocation.Value(s_reason)))
            throw new UsageException(
                "--force overrides checks against the published version and needs a reason: add --reason TEXT.");

        return new RefreshRequest
        {
            Models = failedOf is null
                ? models : await RunHistory.NotRefreshedAsync(RunHistory.Open(invocation), failedOf, ct),
            Reason = invocation.Value(s_reason),
            Force = invocation.Value(s_force),
        };
    }

    private static int DryRun(Invocation invocation, RefreshRequest request)
    {
        var models = request.Select(RegistryFile.Read(invocation)).Select(model => model.Name.ToString()).ToList();
        if (invocation.Json)
            invocation.Terminal.Json(models);
        else
            models.ForEach(invocation.Terminal.Line);
        return ExitCode.Done;
    }
}
