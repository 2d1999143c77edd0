using Benchmark.Notifier.Database;
using Microsoft.Extensions.Logging;

namespace Benchmark.Notifier.Measuring;

/// <summary>Reads the database and the volume; a part that cannot be read is left out, and logged once.</summary>
internal sealed class Sampler(
    RunDatabase database, ServedModels models, TimeProvider time, ILogger<Sampler> logger)
{
    private readonly Dictionary<string, string> _problems = [];

    public async Task<Sample> TakeAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var served = await TryAsync("models", () => Task.FromResult(models.Read(ct)), ct);
        var hasUnpublished = served?.Any(model => model.RefreshedAt is null) is true;
        var runs = await TryAsync(
            "runs and deliveries", () => RunFigures.ReadAsync(database, hasUnpublished, ct), ct);
        return new Sample(now, runs, served);
    }

    private async Task<T?> TryAsync<T>(string part, Func<Task<T>> read, CancellationToken ct)
        where T : class
    {
        try
        {
            var result = await read();
            if (_problems.Remove(part))
                logger.GaugesReadable(part);
            return result;
        }
        // Whatever it is: the other gauges must not end with it.
        catch (Exception reason) when (!ct.IsCancellationRequested)
        {
            if (_problems.GetValueOrDefault(part) != reason.Message)
                logger.GaugesUnreadable(part, reason.Message);
            _problems[part] = reason.Message;
            return null;
        }
    }
}
