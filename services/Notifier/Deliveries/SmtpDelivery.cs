using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Benchmark.Notifier.Deliveries;

/// <summary>One mail over SMTP.</summary>
internal sealed class SmtpDelivery(Uri server, Guid runId, ILogger logger) : IDisposable
{
    private readonly Client _client = new(runId, logger);

    public async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        var security = server.Scheme == "smtps"
            ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;
        // Port 0 makes MailKit use the default port of the scheme.
        await _client.ConnectAsync(server.Host, Math.Max(server.Port, 0), security, ct);
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
        {
            if (!_client.IsSecure && !server.IsLoopback)
                logger.PasswordUnencrypted(server.Host);
            await _client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), ct);
        }
        await _client.SendAsync(message, ct);
        await _client.DisconnectAsync(quit: true, ct);
    }

    public void Dispose() => _client.Dispose();

    private sealed class Client(Guid runId, ILogger logger) : SmtpClient
    {
        // A permanent refusal (5xx) of one address must not keep the report from the rest of the team. After a
        // temporary one nothing is sent, and the whole mail is retried.
        protected override void OnRecipientNotAccepted(
            MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
            if ((int)response.StatusCode < 500)
                base.OnRecipientNotAccepted(message, mailbox, response);
            logger.RecipientRefused(runId, mailbox.Address, response.Response);
        }
    }
}
