using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Benchmark.Hosting;

/// <summary>Asks the broker whether it lets us in.</summary>
public static class BrokerProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Why no message could be sent, for a person to read, without the password; null when one could.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The broker's address is none.</exception>
    public static async Task<string?> ProblemAsync(IConfiguration configuration, CancellationToken ct)
    {
        if (BusOptions.Broker(configuration) is not { } broker)
            return null;
        var place = $"{broker.Host}:{(broker.Port > 0 ? broker.Port : broker.Scheme == "amqps" ? 5671 : 5672)}{broker.AbsolutePath}";
        var factory = new ConnectionFactory { Uri = broker, RequestedConnectionTimeout = s_patience, AutomaticRecoveryEnabled = false };
        try
        {
            await using var connection = await factory.CreateConnectionAsync(ct);
            return null;
        }
        catch (BrokerUnreachableException e)
        {
            // Its own message says nothing; the innermost says 'connection refused' or 'ACCESS_REFUSED'.
            return $"The broker at {place} does not let us in: {e.GetBaseException().Message}";
        }
    }
}
