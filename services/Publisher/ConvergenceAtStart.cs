using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Publisher;

/// <summary>
/// Makes every model serve its highest version when the process starts. A publisher that slept before its rename and
/// was killed after it leaves an older version served, and the message that would correct it is long acknowledged.
/// </summary>
internal sealed class ConvergenceAtStart(
    VolumeLayout volume, IRegistry registry, Convergence convergence, ILogger<ConvergenceAtStart> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        // On its own thread: a volume whose server is away holds it up for minutes.
        Task.Factory.StartNew(
            () => ConvergeAll(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void ConvergeAll(CancellationToken ct)
    {
        foreach (var model in Models())
        {
            if (ct.IsCancellationRequested)
                return;
            Converge(model.Name.ToString(), volume.Model(model.Name));
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
            if (convergence.Serve(model) is { } served)
                logger.Converged(name, problem, served.Version);
            else
                logger.NotConverged(name, problem, "Its data does not match its manifest.");
        }
        // The next publication converges as well, and one model must not keep the others from it.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RefusedException)
        {
            logger.NotConverged(name, "What readers see could not be compared with the versions.", e.Message);
        }
    }
}
