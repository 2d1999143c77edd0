using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Whose name reports are sent in.</summary>
internal sealed class MailSender(IOptions<MailOptions> options)
{
    public string Domain => options.Value.Sender.Domain;
}
