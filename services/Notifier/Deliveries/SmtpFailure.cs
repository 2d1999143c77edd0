using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Says why a mail was not handed over, what to correct, and whether another attempt has a chance.</summary>
internal static class SmtpFailure
{
    // What a person has to correct is corrected in minutes at best, and a login that fails too often locks an account.
    private static readonly TimeSpan s_untilCorrected = TimeSpan.FromMinutes(15);

    public static DeliveryException Of(MailServer server, CertificateCheck certificate, Exception reason) =>
        reason switch
        {
            SslHandshakeException => new DeliveryException(
                $"no TLS with {server}: {certificate.Problem ?? reason.GetBaseException().Message}. Name the server in "
                + "SMTP_URI as its certificate does; a private authority is trusted through SSL_CERT_FILE or "
                + "SSL_CERT_DIR; smtps:// needs the port for TLS, 465 by default", reason),
            AuthenticationException => Correct(
                $"{server} refused the login of {server.Login?.UserName}: {reason.Message}. Correct user and password in SMTP_URI",
                reason),
            ServiceNotAuthenticatedException => Correct(
                $"{server} asks for a login: {reason.Message}. Add user:password@ to SMTP_URI", reason),
            // MailKit's words for an extension that the server does not offer.
            NotSupportedException when reason.Message.Contains("STARTTLS", StringComparison.Ordinal) => Correct(
                $"{server} offers no STARTTLS, which SMTP_URI requires. Use smtps://, or ?starttls=auto", reason),
            NotSupportedException => Correct(
                $"{server} offers no login. Remove user and password from SMTP_URI, or use TLS, without which many "
                + "servers offer none", reason),
            SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } refused => Correct(
                $"{server} refused the sender {refused.Mailbox?.Address}: {Answer(refused)}. Correct NOTIFY_FROM",
                reason),
            SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted } refused => new DeliveryException(
                $"{server} refused the mail: {Answer(refused)}", reason)
            { IsFinal = (int)refused.StatusCode >= 500 },
            SmtpCommandException refused => new DeliveryException($"{server} answered {Answer(refused)}", reason),
            SocketException or IOException or ProtocolException =>
                new DeliveryException(
                    $"{server} cannot be reached, or hung up: {reason.GetBaseException().Message}", reason),
            _ => new DeliveryException($"{server}: {reason.Message}", reason),
        };

    private static DeliveryException Correct(string problem, Exception reason) =>
        new(problem, reason) { RetryAfter = s_untilCorrected };

    private static string Answer(SmtpCommandException refused) => $"{(int)refused.StatusCode} {refused.Message}";
}
