using Benchmark.Contracts.Registry;
using Benchmark.Notifier.Deliveries;

namespace Benchmark.Cli.Notify;

/// <summary>Whether those who are to be told can be.</summary>
internal static class NotifyCheck
{
    private const int MaxNames = 10;

    /// <summary>Webhooks whose address lacks a variable.</summary>
    public static IEnumerable<RegistryProblem> Problems(Invocation invocation, ModelRegistry? registry)
    {
        var environment = RegistryReader.ProcessEnvironment();
        return (registry?.Models ?? [])
            .SelectMany(model => model.Notify.Webhook.Concat(model.Notify.Failures?.Webhook ?? [])
                .SelectMany(WebhookAddress.Variables)
                .Select(variable => (variable, model.Name)))
            .Where(use => string.IsNullOrEmpty(environment.GetValueOrDefault(use.variable)))
            .GroupBy(use => use.variable, use => use.Name)
            .Select(uses => new RegistryProblem
            {
                Where = invocation.RegistryPath,
                Problem = $"environment variable {uses.Key} is not set; a webhook of {uses.First()} needs it.",
                Hint = $"Set {uses.Key} here and for the Notifier, or remove the webhook from 'notify'.",
            });
    }

    /// <summary>Models of which nobody is told.</summary>
    public static IEnumerable<RegistryProblem> Warnings(Invocation invocation, ModelRegistry? registry)
    {
        var slack = !string.IsNullOrWhiteSpace(invocation.Configuration["Slack:WebhookUrl"]);
        var untold = registry is null ? [] : UntoldModels.Of(registry, slack);
        if (untold.Count == 0)
            yield break;
        var more = untold.Count > MaxNames ? $" and {untold.Count - MaxNames} more" : "";
        yield return new RegistryProblem
        {
            Where = invocation.RegistryPath,
            Problem = $"nobody is told of {string.Join(", ", untold.Take(MaxNames))}{more}.",
            Hint = "Add notify: {email: […]} in 'defaults' or to the model, or set SLACK_WEBHOOK_URL for those with "
                + "slack: true.",
        };
    }
}
