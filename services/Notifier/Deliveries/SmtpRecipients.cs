using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Benchmark.Notifier.Deliveries;

/// <summary>
/// A client that keeps an address that the server refuses from keeping the report from the rest of the team.
/// </summary>
internal sealed class SmtpRecipients(Delivery delivery, ILogger logger) : SmtpClient
{
    // About four minutes, after which a list that greylists has let the mail through: an address that is still put off
    // must not keep the report from the others for a day.
    private const int AttemptsForAll = 5;

    private readonly List<(MailboxAddress Address, string Response)> _refused = [];
    private bool _mayAcceptLater;
    private int _asked;

    /// <summary>The addresses that this server can be told of; the others are refused in its name.</summary>
    public IReadOnlyList<MailboxAddress> WithoutUnspeakable(IEnumerable<MailboxAddress> addresses)
    {
        List<MailboxAddress> speakable = [];
        foreach (var address in addresses)
        {
            _asked++;
            // The domain has a form in ASCII, what is before the @ has none.
            if (Capabilities.HasFlag(SmtpCapabilities.UTF8) || address.LocalPart.All(char.IsAscii))
                speakable.Add(address);
            else
                Refuse(address, "the server speaks no SMTPUTF8, which its letters need");
        }
        return speakable.Count > 0 ? speakable : throw AllRefused();
    }

    /// <summary>The server and those who have the mail, and those who were refused.</summary>
    public string WentTo(MailServer server)
    {
        var accepted = Audience.Addresses(delivery.Team)
            .Except(_refused.Select(refused => refused.Address.Address), StringComparer.OrdinalIgnoreCase);
        return $"{server.Host}: {string.Join(", ", accepted)}" + (_refused.Count > 0 ? $"; refused: {Refused()}" : "");
    }

    // A permanent refusal (5xx) concerns one address. After a temporary one nothing is sent at first, and the whole
    // mail is retried.
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        var permanent = (int)response.StatusCode >= 500;
        if (!permanent && (delivery.Attempts < AttemptsForAll || _asked == 1))
            base.OnRecipientNotAccepted(message, mailbox, response);
        _mayAcceptLater |= !permanent;
        Refuse(mailbox, $"{(int)response.StatusCode} {response.Response}");
    }

    protected override void OnNoRecipientsAccepted(MimeMessage message) => throw AllRefused();

    private void Refuse(MailboxAddress mailbox, string response)
    {
        _refused.Add((mailbox, response));
        logger.RecipientRefused(delivery.RunId, mailbox.Address, response);
    }

    private DeliveryException AllRefused() => new(
        $"every recipient was refused: {Refused()}. Correct 'notify' in the registry for the next run")
    { IsFinal = !_mayAcceptLater };

    private string Refused() =>
        string.Join(", ", _refused.Select(refused => $"{refused.Address.Address} ({refused.Response})"));
}
