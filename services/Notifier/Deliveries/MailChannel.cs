using Benchmark.Notifier.Reports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Mails a report over SMTP, or writes it to a file when no mail server is set.</summary>
internal sealed class MailChannel(
    ReportBuilder reports, IOptions<MailOptions> options, IOptions<StateOptions> state, ILogger<MailChannel> logger)
    : ReportChannel(reports)
{
    public override string Name => Delivery.Mail;

    // A server takes its time for a large report; two at once, because one of the recipients may be slow to check.
    public override TimeSpan Timeout => TimeSpan.FromMinutes(2);

    public override int AtOnce => 2;

    public override async Task<string> SendAsync(Delivery delivery, RunReport report, CancellationToken ct)
    {
        using var message = Message(delivery, report, options.Value.Sender);
        if (options.Value.Server is not { } server)
            return await new Outbox(state.Value.Directory).WriteAsync(delivery, message, ct);

        using var smtp = new SmtpDelivery(server, delivery, logger);
        return await smtp.SendAsync(message, ct);
    }

    /// <summary>
    /// The mail; the same delivery always gives the same bytes, so that mail programs recognise a duplicate.
    /// </summary>
    internal static MimeMessage Message(Delivery delivery, RunReport report, MailboxAddress sender)
    {
        var message = new MimeMessage
        {
            MessageId = delivery.MessageId,
            Date = delivery.CreatedAt,
            Subject = report.Subject,
            Body = new MultipartAlternative(
                Part(TextFormat.Plain, report.Text), Part(TextFormat.Html, report.Html))
            {
                Boundary = delivery.MessageId.Split('@')[0],
            },
        };
        message.From.Add(sender);
        message.To.AddRange(Audience.Addresses(delivery.Team).Select(MailboxAddress.Parse));
        // Keeps out-of-office replies away.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private static TextPart Part(TextFormat format, string text) =>
        new(format) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };
}
