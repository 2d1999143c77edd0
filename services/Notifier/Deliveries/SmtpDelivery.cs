using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Benchmark.Notifier.Deliveries;

/// <summary>One mail over SMTP.</summary>
internal sealed class SmtpDelivery(MailServer server, Delivery delivery, ILogger logger) : IDisposable
{
    private readonly SmtpRecipients _client = new(delivery, logger);
    private readonly CertificateCheck _certificate = new();

    /// <summary>Hands the mail over to the server.</summary>
    /// <returns>Where it went, and who was refused, as text for people.</returns>
    /// <exception cref="DeliveryException">It was not handed over; the message says why and what to do.</exception>
    public async Task<string> SendAsync(MimeMessage message, CancellationToken ct)
    {
        try
        {
            await ConnectAsync(ct);
            var recipients = _client.WithoutUnspeakable(message.To.Mailboxes);
            await _client.SendAsync(message, message.From.Mailboxes.First(), recipients, ct);
        }
        catch (Exception reason) when (
            reason is not (DeliveryException or OperationCanceledException) && !ct.IsCancellationRequested)
        {
            throw SmtpFailure.Of(server, _certificate, reason);
        }
        await DisconnectAsync(ct);
        return _client.WentTo(server);
    }

    public void Dispose() => _client.Dispose();

    private async Task ConnectAsync(CancellationToken ct)
    {
        // Like every other client of the platform: the lists of a private authority can seldom be reached from here.
        _client.CheckCertificateRevocation = false;
        _client.ServerCertificateValidationCallback = _certificate.Validate;
        await _client.ConnectAsync(server.Host, server.Port, server.Security, ct);
        if (server.Login is null)
            return;
        if (!_client.IsSecure && !new UriBuilder("smtp", server.Host).Uri.IsLoopback)
            logger.PasswordUnencrypted(server.Host);
        await _client.AuthenticateAsync(server.Login, ct);
    }

    // The server has the mail; whether it also says goodbye changes nothing.
    private async Task DisconnectAsync(CancellationToken ct)
    {
        try
        {
            await _client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception reason) when (reason is IOException or OperationCanceledException or SmtpProtocolException)
        {
            logger.NoGoodbye(server.Host, reason.Message);
        }
    }
}
