using Benchmark.Contracts.Registry;
using Benchmark.Fetcher.Sources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

/// <summary>
/// Names at the start the sources whose secrets are not set: the next refresh may be a month away, and the other
/// sources go on working.
/// </summary>
internal sealed class SecretsReminder(
    IRegistry registry, IHostApplicationLifetime lifetime, ILogger<SecretsReminder> logger) : IHostedService
{
    private CancellationTokenRegistration _onStart;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Only then the registry is known to be valid.
        _onStart = lifetime.ApplicationStarted.Register(Remind);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _onStart.Dispose();
        return Task.CompletedTask;
    }

    private void Remind()
    {
        foreach (var (source, missing) in SourceSecrets.Missing(registry.Current))
            logger.SecretMissing(
                source.Name, string.Join(", ", missing), registry.Current.Models.Count(m => m.Source == source.Name));
    }
}
