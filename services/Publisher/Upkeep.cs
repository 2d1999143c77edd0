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
    /// <summary>From the end of one round to the next. A round makes seven calls per model.</summary>
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
            if (ServedFile.Problem(model) is not { } problem)
                return;
            if (convergence.Serve(new VersionHistory(model, logger)) is { } served)
                logger.Converged(name, problem, served.Version);
            else
                logger.NotConverged(
                    name, problem, "Its data does not match its manifest, or a higher one was removed.");
        }
        // The next publication converges as well, and one model must not keep the others from it.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RefusedException)
        {
            logger.NotConverged(name, "What readers see could not be compared with the versions.", e.Message);
        }
    }
}
