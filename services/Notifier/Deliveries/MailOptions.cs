using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Benchmark.Notifier.Deliveries;

/// <summary>How reports are mailed. Configuration section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Mail";

    /// <summary>
    /// The mail server: <c>smtp[s]://user:password@host:port</c>, user and password percent-encoded. <c>smtps</c> is
    /// TLS from the first byte (port 465). <c>smtp</c> (port 25) uses STARTTLS when the server offers it;
    /// <c>?starttls=required</c> at its end refuses to send without, <c>?starttls=never</c> does not ask. Without it,
    /// reports become <c>.eml</c> files in <c>outbox</c> of the state directory. A secret.
    /// </summary>
    public string? Smtp { get; set; }

    /// <summary>The sender of reports. Default <c>benchmark@localhost</c>.</summary>
    [Required]
    public string From { get; set; } = "benchmark@localhost";

    internal MailboxAddress Sender => MailboxAddress.Parse(From);

    internal MailServer? Server => string.IsNullOrWhiteSpace(Smtp) ? null : MailServer.Read(Smtp).Server;

    /// <summary>The message never repeats the SMTP address, which may hold a password.</summary>
    internal sealed class Validation : IValidateOptions<MailOptions>
    {
        public ValidateOptionsResult Validate(string? name, MailOptions options)
        {
            if (!MailboxAddress.TryParse(options.From, out var sender) || string.IsNullOrEmpty(sender.Domain))
                return ValidateOptionsResult.Fail(
                    $"Mail:From (NOTIFY_FROM) is '{options.From}', which is not a mail address such as name@domain.");
            if (string.IsNullOrWhiteSpace(options.Smtp))
                return ValidateOptionsResult.Success;
            return MailServer.Read(options.Smtp).Problem is { } problem
                ? ValidateOptionsResult.Fail($"Mail:Smtp (SMTP_URI) {problem}")
                : ValidateOptionsResult.Success;
        }
    }
}
