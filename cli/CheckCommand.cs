using System.CommandLine;
using System.Data.Common;
using Benchmark.Cli.Models;
using Benchmark.Cli.Notify;
using Benchmark.Cli.Runs;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Sources;
using Benchmark.Hosting;
using Benchmark.Hosting.Broker;
using Benchmark.Notifier.Runs;
using Benchmark.Scheduler;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Benchmark.Cli;

/// <summary><c>benchmark check</c>: every problem of registry, sources, broker, volume and state at once.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string[]> s_models = Arguments.Models();

    private static readonly Option<bool> s_offline = new("--offline")
    {
        Description = "Check the registry alone, as in a pull request: no secret, source, broker, volume or state.",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "check",
            "Check registry, sources, broker, volume and state, and list every problem. With models: of all that "
            + "belongs to models, what belongs to these.");
        command.Arguments.Add(s_models);
        command.Options.Add(s_offline);
        command.Options.Add(CronJobOptions.Cron);
        command.Options.Add(CronJobOptions.TimeZone);
        command.SetAction((parsed, ct) => RunAsync(new Invocation(parsed, terminal), ct));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken ct)
    {
        var offline = invocation.Value(s_offline);
        var settings = offline ? [] : Settings(invocation);
        var (whole, configuration) = ReadRegistry(invocation, toOpenSources: !offline);
        var registry = whole is null ? null : ModelSelector.Restrict(whole, invocation.Value(s_models) ?? []);
        IReadOnlyList<RegistryProblem> usage = [
            .. settings, .. configuration, .. CronJobOptions.Problems(invocation, whole),
            .. offline ? [] : NotifyCheck.Problems(invocation, registry)];
        if (offline || settings.Count > 0)
        {
            // Nothing else can be checked with invalid settings.
            Show(
                invocation, usage, [
                    .. Schedules(registry),
                    .. offline ? NotifyCheck.Warnings(invocation, registry, offline) : [],
                ],
                checkedAll: !offline);
            return usage.Count > 0 ? ExitCode.Usage : ExitCode.Done;
        }
        var ofSources = registry is null ? [] : await SourceProbe.ProblemsAsync(registry, ct);
        usage = [.. usage, .. ofSources.Where(found => found.IsOfRegistry).Select(found => found.Problem)];
        List<RegistryProblem> infrastructure =
        [
            .. Volume(invocation, registry),
            .. await StateAsync(invocation, ct),
            .. await VolumeOfRunsAsync(invocation, ct),
            .. await BrokerAsync(invocation, ct),
            .. FetchTimeouts(invocation, registry),
            .. ofSources.Where(found => !found.IsOfRegistry).Select(found => found.Problem),
        ];
        Show(
            invocation, [.. usage, .. infrastructure],
            [
                .. StateProbe.Warnings(invocation), .. Schedules(registry),
                .. NotifyCheck.Warnings(invocation, registry),
            ],
            checkedAll: true, registry is null ? [] : SourceProbe.Drivers(registry));
        return usage.Count > 0 ? ExitCode.Usage : infrastructure.Count > 0
            ? ExitCode.Infrastructure : ExitCode.Done;
    }

    private static (ModelRegistry? Registry, IReadOnlyList<RegistryProblem> Problems) ReadRegistry(
        Invocation invocation, bool toOpenSources)
    {
        try
        {
            return (RegistryFile.Read(invocation, toOpenSources), []);
        }
        catch (RegistryException e)
        {
            // Where only a secret is missing, the rest can be checked all the same.
            return (toOpenSources ? ReadRegistry(invocation, toOpenSources: false).Registry : null, e.Problems);
        }
    }

    private static IEnumerable<RegistryProblem> Volume(Invocation invocation, ModelRegistry? registry)
    {
        if (VolumeProbe.IsYetToBeMade(invocation))
            yield break;
        if (VolumeProbe.Problem(invocation.Volume) is { } problem)
            yield return new RegistryProblem
            {
                Where = invocation.Volume.Root,
                Problem = problem,
                Hint = VolumeProbe.Hint,
            };
        else
            foreach (var found in Slots(invocation.Volume).Concat(Served(invocation.Volume, registry))
                .Concat(Shared(invocation.Volume, registry)))
                yield return found;
    }

    private static IEnumerable<RegistryProblem> Shared(VolumeLayout volume, ModelRegistry? registry) =>
        from model in registry?.Models ?? []
        let directory = volume.Model(model.Name).Directory
        let identity = Posix.TargetIdentity(directory)
        where identity is not null
        group (model.Name, directory) by identity into same
        where same.Count() > 1
        select new RegistryProblem
        {
            Where = string.Join(", ", same.Select(model => model.directory)),
            Problem = $"{string.Join(" and ", same.Select(model => model.Name))} have one directory, by a symbolic "
                + "link: readers of one would get the data of the other.",
            Hint = "Remove the link, so that each model has a directory of its own, then refresh them again.",
        };

    private static async Task<IReadOnlyList<RegistryProblem>> VolumeOfRunsAsync(
        Invocation invocation, CancellationToken ct)
    {
        try
        {
            using var volume = new VolumeOfRuns(RunHistory.Open(invocation), invocation.Volume);
            return await volume.ProblemAsync(ct) is { } problem
                ? [new RegistryProblem { Where = invocation.Volume.Root, Problem = problem, Hint = VolumeOfRuns.Hint }]
                : [];
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            // StateAsync says so.
            return [];
        }
    }

    private static IEnumerable<RegistryProblem> Served(VolumeLayout volume, ModelRegistry? registry) =>
        from model in registry?.Models ?? []
        let paths = volume.Model(model.Name)
        let problem = ServedFile.Problem(paths)
        where problem is not null
        select new RegistryProblem
        {
            Where = paths.Directory,
            Problem = problem,
            Hint = $"Restart the Publisher, which serves the highest version, or run: benchmark refresh {model.Name}",
        };

    private static IEnumerable<RegistryProblem> Slots(VolumeLayout volume) =>
        new SlotMemory(volume).YetToCome(TimeProvider.System.GetUtcNow()).Select(slot => new RegistryProblem
        {
            Where = volume.EmittedSlots,
            Problem = $"The schedule {slot.Key} has emitted its slot of {slot.Value.UtcDateTime:u}, "
                + "which is yet to come.",
            Hint = "A clock was wrong. Once it is right, the next slot that is due corrects the file.",
        });

    private static IEnumerable<RegistryProblem> Schedules(ModelRegistry? registry) =>
        ScheduleWarnings.Of(registry?.Models ?? [], TimeProvider.System.GetUtcNow());

    private static async Task<IReadOnlyList<RegistryProblem>> BrokerAsync(Invocation invocation, CancellationToken ct)
    {
        try
        {
            await BrokerProbe.RequireAsync(invocation.Configuration, Queues.All, wait: TimeSpan.Zero, ct);
            return invocation.HasBroker ? await TopologyProblemsAsync(invocation, ct) : [];
        }
        catch (BrokerException e)
        {
            return [new RegistryProblem { Where = "broker", Problem = e.Problem, Hint = e.NextStep }];
        }
    }

    // A fetch that takes longer is begun again and again, and comes to nothing.
    private static IEnumerable<RegistryProblem> FetchTimeouts(Invocation invocation, ModelRegistry? registry)
    {
        var options = new BusOptions();
        invocation.Configuration.GetSection(BusOptions.Section).Bind(options);
        return invocation.HasBroker
            ? (registry?.Models ?? []).Where(model => model.LongestFetch >= options.ConsumerTimeout)
                .GroupBy(LimitsOf)
                .Select(models => new RegistryProblem
                {
                    Where = $"model {models.First().Name}"
                        + (models.Count() > 1 ? $" and {models.Count() - 1} more" : ""),
                    Problem = $"{models.Key}, and the broker takes a message back after "
                        + $"{options.ConsumerTimeout} (consumer_timeout): the third time, the model fails.",
                    Hint = "Raise consumer_timeout of the broker and say so here "
                        + "(RabbitMq__ConsumerTimeout=02:00:00), or lower what the model may take.",
                })
            : [];
    }

    private static string LimitsOf(ModelDefinition model) => model.Ready is null
        ? $"fetch_timeout is {model.FetchTimeout}"
        : $"fetch_timeout and ready_timeout together are {model.LongestFetch}";

    private static async Task<IReadOnlyList<RegistryProblem>> TopologyProblemsAsync(
        Invocation invocation, CancellationToken ct)
    {
        await BrokerProbe.RequireNoAlarmAsync<RefreshRunStarted>(invocation.Configuration, ct);
        await using var declaration = await TopologyDeclaration.ConnectAsync(invocation.Configuration, ct);
        return [.. (await declaration.DifferentAsync(TopologyCommand.Read(invocation), ct))
            .Select(e => new RegistryProblem { Where = "broker", Problem = e.Problem, Hint = e.NextStep })];
    }

    private static async Task<IReadOnlyList<RegistryProblem>> StateAsync(Invocation invocation, CancellationToken ct) =>
        await StateProbe.ProblemAsync(invocation, ct) is { } problem
            ? [new RegistryProblem { Where = invocation.StateDirectory, Problem = problem, Hint = StateProbe.Hint }]
            : [];

    // Validates the options as a start does. An invalid setting is a configuration error, like an invalid registry.
    private static IReadOnlyList<RegistryProblem> Settings(Invocation invocation)
    {
        try
        {
            using var host = OneProcess.Create(invocation);
            host.Services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [Problem(e)];
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().Select(Problem)];
        }

        static RegistryProblem Problem(OptionsValidationException e) =>
            new() { Where = "settings", Problem = e.Message };
    }

    private static void Show(
        Invocation invocation, IReadOnlyList<RegistryProblem> problems, IReadOnlyList<RegistryProblem> warnings,
        bool checkedAll, IReadOnlyList<string>? drivers = null)
    {
        if (invocation.Json)
        {
            invocation.Terminal.Json(new
            {
                Ok = problems.Count == 0,
                Problems = problems,
                Warnings = warnings,
                Drivers = drivers ?? [],
            });
            return;
        }
        foreach (var problem in problems)
            invocation.Terminal.Line(problem.ToString());
        foreach (var warning in warnings)
            invocation.Terminal.Line($"warning: {warning}");
        foreach (var driver in drivers ?? [])
            invocation.Terminal.Line($"driver: {driver}");
        invocation.Terminal.Line(problems.Count switch
        {
            0 when checkedAll => "ok: registry, sources, volume and state can be used",
            0 => "ok: the registry is valid",
            1 => "1 problem",
            var count => $"{count} problems",
        });
    }
}
