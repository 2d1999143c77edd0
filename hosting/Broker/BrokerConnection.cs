using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;
using RabbitMQ.Client;

namespace Benchmark.Hosting.Broker;

/// <summary>The connection settings of a broker, the same for the bus and for the probe.</summary>
internal static class BrokerConnection
{
    /// <param name="broker">The broker's address.</param>
    /// <param name="name">What the dashboard calls the connection.</param>
    public static RabbitMqHostSettings Settings(BrokerAddress broker, string name)
    {
        var host = new RabbitMqHostConfigurator(broker.First, name);
        // MassTransit enables TLS by the port (5671), not by the scheme, and by default accepts any certificate
        // authority.
        if (broker.First.Scheme == "amqps" || host.Settings.Ssl)
            host.UseSsl(tls =>
            {
                tls.ServerName = broker.First.Host;
                tls.CertificateValidationCallback = (_, _, chain, errors) =>
                    errors == SslPolicyErrors.None
                        ? true : throw new AuthenticationException(Reason(broker.First.Host, chain, errors));
                // The system's choice: TLS 1.2 or newer.
                tls.Protocol = SslProtocols.None;
            });
        // Each in turn, when a connection is lost.
        if (broker.Others.Count > 0)
            host.UseCluster(cluster =>
            {
                foreach (var node in broker.Others.Prepend($"{host.Settings.Host}:{host.Settings.Port}"))
                    cluster.Node(node);
            });
        return host.Settings;
    }

    // Thrown, because for a plain refusal the client only reports that a callback rejected the certificate.
    private static string Reason(string host, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "it shows no certificate.";
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"its certificate is not made out to {host}."
            : "no trusted authority vouches for its certificate "
            + $"({string.Join("; ", chain?.ChainStatus.Select(s => s.StatusInformation.Trim()) ?? [])}).";
    }

    /// <summary>The hosts of a broker with their ports, as the client takes them.</summary>
    public static IReadOnlyList<AmqpTcpEndpoint> Endpoints(BrokerAddress broker, IConnectionFactory factory)
    {
        var settings = Settings(broker, "");
        var ssl = ((ConnectionFactory)factory).Ssl;
        return [.. broker.Others.Select(node => new Uri($"amqp://{node}"))
            .Select(node => (node.Host, Port: node.IsDefaultPort || node.Port < 0 ? settings.Port : node.Port))
            .Prepend((settings.Host, settings.Port))
            .Select(node => new AmqpTcpEndpoint(node.Item1, node.Item2, ssl))];
    }

    /// <summary>Hosts, ports and virtual host, for a person to read; without user and password.</summary>
    public static string Place(BrokerAddress broker)
    {
        var settings = Settings(broker, "");
        return string.Join(',', broker.Others.Prepend($"{settings.Host}:{settings.Port}"))
            + $"/{settings.VirtualHost?.TrimStart('/')}";
    }
}
