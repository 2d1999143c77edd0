using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// Looks at every model when the process starts and every quarter of an hour: makes it serve its highest version, and
/// removes what killed processes left. The message of a publication that the volume broke off is long acknowledged.
/// </summary>
internal sealed class Upkeep(
    VolumeLayout volume, IRegistry registry, Convergence convergence, Housekeeping housekeeping, TimeProvider time,
    ILogger<Upkeep> logger)
    : BackgroundService
{
    private readonly Dictionary<string, string> _told = [];

    /// <summary>From the end of one round to the next.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            // On its own thread: a volume whose server is away holds it up for minutes.
            await Task.Factory.StartNew(
                () => LookAtAll(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private void LookAtAll(CancellationToken ct)
    {
        foreach (var model in Models())
        {
            if (ct.IsCancellationRequested)
                return;
            Converge(model.Name.ToString(), volume.Model(model.Name));
            housekeeping.Sweep(volume.Model(model.Name));
        }
    }

    private IReadOnlyList<ModelDefinition> Models()
    {
        try
        {
            return registry.Current.Models;
        }
        catch (RegistryException)
        {
            // Its reader has logged the problems, and the process is not ready before they are corrected.
            return [];
        }
    }

    private void Converge(string name, ModelPaths model)
    {
        try
        {
            if (ServedFile.Problem(model) is { } problem)
            {
                var history = new VersionHistory(model, logger);
                convergence.Require(history);
                logger.Converged(name, problem, history.Highest);
            }
            _told.Remove(name);
        }
        // One model must not keep the others from it.
        catch (RefusedException refusal)
        {
            Tell(name, refusal.Message, refusal.Hint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(name, e.Message, "It is tried again.");
        }
    }

    // What stays as it is until a person acts is told of once, not every quarter of an hour.
    private void Tell(string name, string problem, string nextStep)
    {
        if (_told.GetValueOrDefault(name) != problem)
            logger.NotConverged(name, problem, nextStep);
        _told[name] = problem;
    }
}
