using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Data.Stability;

namespace Benchmark.Notifier.Deliveries;

/// <summary>Routes the models of a run to those who are told of them.</summary>
internal static class Routing
{
    /// <summary>The reports of a run that has closed.</summary>
    /// <param name="refreshes">Its models, each with its outcome.</param>
    /// <param name="registry">The run's registry; a model that it has not is the business of its defaults.</param>
    /// <param name="slack">Whether Slack is configured.</param>
    public static IReadOnlyList<Audience> Of(
        IEnumerable<RefreshOutcome> refreshes, ModelRegistry registry, bool slack)
    {
        var routes = refreshes.Select(refresh => (Refresh: refresh, Notify: NotifyOf(refresh.Name, registry))).ToList();
        var reports = routes
            .SelectMany(route => Targets(route.Notify, slack)
                .Select(target => (target, route.Refresh, route.Notify.On)))
            .GroupBy(route => route.target)
            .Where(same => same.Any(route => IsWanted(route.On, route.Refresh)))
            .Select(same => Report(same.Key, Delivery.All, same.Select(route => route.Refresh.Name)))
            .ToList();
        var failures = routes
            .Where(route => IsTrouble(route.Refresh))
            .SelectMany(route => Targets(route.Notify.Failures, slack).Select(target => (target, route.Refresh.Name)))
            .GroupBy(route => route.target, route => route.Name)
            .Select(same => Report(same.Key, Delivery.Failures, same.Except(ToldTo(same.Key, reports))))
            .Where(report => report.Models.Count > 0);
        return [.. reports.Concat(failures)
            .OrderBy(report => report.Channel, StringComparer.Ordinal)
            .ThenBy(report => report.Team, StringComparer.Ordinal)];
    }

    /// <summary>The reports of a model whose outcome is another than was reported.</summary>
    public static IEnumerable<Audience> OfCorrection(ModelKey model, ModelRegistry registry, bool slack)
    {
        var notify = NotifyOf(model, registry);
        return Targets(notify, slack).Concat(Targets(notify.Failures, slack)).Distinct()
            .Select(target => Report(target, Delivery.Correction, [model]));
    }

    /// <summary>The models whose reports reach nobody, whatever happens to them.</summary>
    public static IReadOnlyList<ModelKey> Untold(IEnumerable<ModelKey> models, ModelRegistry registry, bool slack) =>
        [.. models.Where(model => NotifyOf(model, registry) is var notify
            && !Targets(notify, slack).Concat(Targets(notify.Failures, slack)).Any())];

    /// <summary>Every address that a registry names, each once.</summary>
    public static IReadOnlyList<Audience> All(ModelRegistry registry, bool slack) =>
        [.. registry.Models
            .SelectMany(model => Targets(model.Notify, slack).Concat(Targets(model.Notify.Failures, slack)))
            .Distinct().Order()
            .Select(target => Report(target, Delivery.All, []))];

    private static NotifyTargets NotifyOf(ModelKey model, ModelRegistry registry) =>
        registry.Find(model.ValueStream, model.Model)?.Notify ?? registry.Notify;

    private static IEnumerable<(string Channel, string Team)> Targets(Recipients? recipients, bool slack)
    {
        if (recipients is null)
            yield break;
        string[] addresses = [.. recipients.Email.Select(Normalized).Where(address => address.Length > 0)
            .Distinct().Order(StringComparer.Ordinal)];
        if (addresses.Length > 0)
            yield return (Delivery.Mail, string.Join(',', addresses));
        if (recipients.Owner is { } owner && !addresses.Contains(Normalized(owner)))
            yield return (Delivery.Mail, Normalized(owner));
        if (recipients.Slack && slack)
            yield return (Delivery.Slack, "");
        foreach (var webhook in recipients.Webhook.Distinct())
            yield return (Delivery.Webhook, webhook);
    }

    private static string Normalized(string address) => address.Trim().ToLowerInvariant();

    private static Audience Report((string Channel, string Team) target, string scope, IEnumerable<ModelKey> models) =>
        new(target.Channel, target.Team, scope, [.. models]);

    private static IEnumerable<ModelKey> ToldTo((string Channel, string Team) target, IEnumerable<Audience> reports) =>
        reports.Where(report => (report.Channel, report.Team) == target).SelectMany(report => report.Models);

    private static bool IsWanted(NotifyOn on, RefreshOutcome refresh) => on switch
    {
        NotifyOn.Trouble => IsTrouble(refresh),
        NotifyOn.Moved => IsTrouble(refresh) || refresh is { WorstDrift.Band: Band.Moved } or { Warnings: > 0 },
        _ => true,
    };

    private static bool IsTrouble(RefreshOutcome refresh) =>
        refresh.Outcome is Outcome.Failed or Outcome.Rejected or Outcome.Missing or Outcome.SourceLate;
}
