using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;

namespace Benchmark.Hosting.Broker;

/// <summary>The connection settings of a broker, the same for the bus and for the probe.</summary>
internal static class BrokerConnection
{
    /// <param name="broker">The broker's address.</param>
    /// <param name="name">What the dashboard calls the connection.</param>
    public static RabbitMqHostSettings Settings(Uri broker, string name)
    {
        var host = new RabbitMqHostConfigurator(broker, name);
        // MassTransit enables TLS by the port (5671), not by the scheme, and by default accepts any certificate
        // authority.
        if (broker.Scheme == "amqps" || host.Settings.Ssl)
            host.UseSsl(tls =>
            {
                tls.ServerName = broker.Host;
                tls.CertificateValidationCallback = (_, _, chain, errors) =>
                    errors == SslPolicyErrors.None
                        ? true : throw new AuthenticationException(Reason(broker.Host, chain, errors));
                // The system's choice: TLS 1.2 or newer.
                tls.Protocol = SslProtocols.None;
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

    /// <summary>Host, port and virtual host, for a person to read; without user and password.</summary>
    public static string Place(Uri broker)
    {
        var settings = Settings(broker, "");
        return $"{settings.Host}:{settings.Port}/{settings.VirtualHost?.TrimStart('/')}";
    }
}
