using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Benchmark.Contracts;
using Benchmark.Contracts.Volume;
using Benchmark.Hosting;
using Benchmark.Notifier.Pages;
using Benchmark.Notifier.Reports;
using Microsoft.Extensions.Configuration;

namespace Benchmark.Notifier.Deliveries;

/// <summary>
/// A run as JSON for other programs: the keys of <c>benchmark runs RUN --json</c>, and a card for Microsoft Teams.
/// </summary>
internal sealed class WebhookMessage(PageLinks links, IConfiguration configuration)
{
    /// <summary>The models that are listed, those in trouble first; the others are only counted.</summary>
    public const int MaxModels = 250;

    private const int LongestText = 500;

    // Absent values are written as null, so that a program can rely on every key.
    private static readonly JsonSerializerOptions s_json = new(VolumeJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        WriteIndented = false,
    };

    private readonly string? _environment = ServiceIdentity.Of(configuration, "notifier").Env;

    /// <param name="delivery">Says whom it is for.</param>
    /// <param name="report">The report.</param>
    /// <param name="now">When it is sent: a receiver refuses one that is old, which may have been recorded.</param>
    public byte[] Of(Delivery delivery, RunReport report, DateTimeOffset now)
    {
        var (facts, url) = (report.Facts, links.To(delivery.RunId));
        var models = Listed(facts);
        // The counts are those of all the models, so the list is replaced afterwards.
        var json = JsonSerializer.SerializeToNode(facts.Run with { Models = facts.Run.Models }, s_json)!.AsObject();
        json["models"] = JsonSerializer.SerializeToNode(models, s_json);
        json["models_omitted"] = facts.Run.Models.Count - models.Count;
        json["subject"] = report.Subject;
        json["environment"] = _environment;
        json["url"] = url;
        json["team"] = delivery.Recipient;
        json["scope"] = delivery.Scope;
        json["sent_at"] = JsonSerializer.SerializeToNode(now, s_json);
        // What a workflow of Microsoft Teams takes: https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook
        json["type"] = "message";
        json["attachments"] = new JsonArray(AdaptiveCard.Of(report, _environment, url));
        return JsonSerializer.SerializeToUtf8Bytes(json, s_json);
    }

    private static List<RefreshOutcome> Listed(ReportFacts facts) =>
        [.. facts.Failures.Concat(facts.Drifted).Concat(facts.Run.Models)
            .DistinctBy(model => model.Name)
            .Take(MaxModels)
            .Select(model => model with
            {
                ValueStream = Clipped(model.ValueStream)!,
                Model = Clipped(model.Model)!,
                Reason = Clipped(model.Reason),
                Hint = null,
            })];

    private static string? Clipped(string? text) =>
        text is null || text.Length <= LongestText ? text : $"{text[..(LongestText - 1)]}…";
}
