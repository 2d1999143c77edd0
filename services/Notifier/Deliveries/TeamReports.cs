using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Notifier.Saga;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Decides who gets a report of a run that closes.</summary>
internal sealed class TeamReports(
    IRegistry registry, VolumeLayout volume, MailSender sender, IOptions<SlackOptions> slack,
    ILogger<TeamReports> logger)
{
    /// <summary>Records the deliveries of a run in the transaction that closes it.</summary>
    public async Task AddDeliveriesAsync(RunSaga run, RunTransaction transaction, CancellationToken ct)
    {
        var runId = run.CorrelationId;
        var pinned = registry.Pinned(run.RegistrySha256);
        var refreshes = await transaction.Refreshes.AllAsync(runId, ct);
        var installation = InstallationOf(runId);
        foreach (var report in Reports(refreshes, pinned))
            await transaction.Deliveries.AddAsync(
                runId, report, MessageId(runId, report, installation), run.ClosedAt!.Value, ct);

        var untold = Routing.Untold(refreshes.Select(refresh => refresh.Name), pinned, slack.Value.IsEnabled);
        if (untold.Count > 0)
            logger.NoRecipients(runId, untold.Count, string.Join(", ", untold.Take(3)));
    }

    /// <summary>
    /// Records a report of a model whose outcome is another than was reported, to everybody who may have been told.
    /// </summary>
    public async Task AddCorrectionAsync(
        RunSaga run, ModelKey model, RunTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        var runId = run.CorrelationId;
        var reports = Routing.OfCorrection(model, registry.Pinned(run.RegistrySha256), slack.Value.IsEnabled);
        var installation = InstallationOf(runId);
        foreach (var report in IsMounted ? reports.Append(Audience.OfCorrectedFile) : reports)
            await transaction.Deliveries.AddAgainAsync(
                runId, report, MessageId(runId, report, installation, $"{model}"), now, ct);
    }

    private IEnumerable<Audience> Reports(IEnumerable<RefreshOutcome> refreshes, ModelRegistry pinned)
    {
        var reports = Routing.Of(refreshes, pinned, slack.Value.IsEnabled);
        return IsMounted ? reports.Append(Audience.OfFile) : reports;
    }

    // Every run writes its registry to the bookkeeping directory, so without it the volume is not mounted here. One
    // that fails is there all the same: its delivery is retried, and must not keep the run open.
    private bool IsMounted
    {
        get
        {
            try
            {
                return Posix.IsDirectory(volume.Bookkeeping);
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    private Guid? InstallationOf(Guid runId)
    {
        try
        {
            return IsMounted ? Installation.IdOf(volume) : null;
        }
        // A volume that fails must not keep the run open, and the message id is unique to the run all the same.
        catch (Exception reason) when (reason is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            logger.NoInstallation(runId, reason.Message);
            return null;
        }
    }

    // The same for every attempt, so that mail programs show a report that arrives twice only once.
    private string MessageId(Guid runId, Audience report, Guid? installation, string correction = "")
    {
        var (_, team, scope, _) = report;
        var hash = SHA256.HashData(
            Encoding.UTF8.GetBytes($"{installation} {report.Channel} {scope} {team}{correction}"));
        return $"{runId}.{Convert.ToHexStringLower(hash)[..12]}@{sender.Domain}";
    }
}
