using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Saga;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Decides who gets a report of a run that closes.</summary>
internal sealed class TeamReports(
    IRegistry registry, IOptions<MailOptions> mail, IOptions<SlackOptions> slack, ILogger<TeamReports> logger)
{
    /// <summary>
    /// Records the deliveries of a run, one per team and channel, in the transaction that closes it.
    /// </summary>
    public async Task AddDeliveriesAsync(RunSaga run, RunTransaction transaction, CancellationToken ct)
    {
        var models = (await transaction.Refreshes.AllAsync(run.CorrelationId, ct)).Select(refresh => refresh.Name);
        var anyone = false;
        foreach (var team in Team.Of(models, registry.Pinned(run.RegistrySha256)))
        {
            await transaction.Refreshes.AssignAsync(run.CorrelationId, team.Key, team.Models, ct);
            foreach (var channel in ChannelsOf(team))
            {
                var messageId = MessageId(run.CorrelationId, team.Key);
                await transaction.Deliveries.AddAsync(
                    run.CorrelationId, team.Key, channel, messageId, run.ClosedAt!.Value, ct);
                anyone = true;
            }
        }
        if (!anyone)
            logger.NoRecipients(run.CorrelationId);
    }

    private IEnumerable<string> ChannelsOf(Team team)
    {
        if (team.Key.Length > 0)
            yield return Delivery.Mail;
        if (team.Slack && slack.Value.IsEnabled)
            yield return Delivery.Slack;
    }

    // The same for every attempt, so that mail programs show a report that arrives twice only once.
    private string MessageId(Guid runId, string team)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(team)))[..12];
        return $"{runId}.{hash}@{mail.Value.Sender.Domain}";
    }
}
