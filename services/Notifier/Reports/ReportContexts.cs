using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Benchmark.Notifier.Deliveries;
using Benchmark.Notifier.Pages;
using Benchmark.Notifier.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Reports;

/// <summary>What reports of this installation say beyond the run.</summary>
public sealed class ReportContexts
{
    private readonly string? _environment;
    private readonly bool _slack;
    private readonly PageLinks _links;
    private readonly VolumeLayout _volume;

    /// <param name="configuration">Says the environment, and whether Slack is configured.</param>
    /// <param name="pages">Says where the pages are.</param>
    /// <param name="volume">Where the report of the whole run is kept.</param>
    public ReportContexts(IConfiguration configuration, IOptions<PagesOptions> pages, VolumeLayout volume) =>
        (_environment, _slack, _links, _volume) = (
            ServiceIdentity.Of(configuration, "notifier").Env,
            configuration[$"{SlackOptions.Section}:{nameof(SlackOptions.WebhookUrl)}"] is { Length: > 0 },
            new PageLinks(pages),
            volume);

    /// <summary>The context of a report.</summary>
    /// <param name="whole">The run with all of its models.</param>
    /// <param name="part">The run with those that the report is about.</param>
    /// <param name="registry">The registry; null when it cannot be read.</param>
    public ReportContext Of(RunSummary whole, RunSummary part, ModelRegistry? registry)
    {
        var file = _volume.Report(whole.RunId);
        string[] streams = [.. part.Models.Select(model => model.ValueStream).Distinct()];
        return new ReportContext
        {
            Environment = _environment,
            Links = _links,
            File = Posix.Exists(file) ? file : null,
            // By today's registry: a model that has been given an address since is told of.
            Untold = registry is null
                ? [] : Routing.Untold(whole.Models.Select(model => model.Name), registry, _slack),
            Suspended = registry is null || whole.ClosedAt is not { } closed ? []
                : [.. registry.Models.Where(model => streams.Contains(model.ValueStream))
                    .Where(model => model.SuspendedAt(closed) is not null)
                    .Select(model => new SuspendedModel(model.Name, model.Suspend!))],
            Month = MonthlySlot.MonthOf(part, registry),
            ValueStream = streams is [var only] && whole.Models.Any(model => model.ValueStream != only) ? only : null,
        };
    }
}
