using Benchmark.Contracts.Registry;

namespace Benchmark.Notifier.Pages.Models;

/// <summary>Who is told of a model, as the registry says.</summary>
public sealed record ToldOf
{
    /// <summary>Mail addresses and channels; never a webhook's address, which is often a secret.</summary>
    public required IReadOnlyList<string> Who { get; init; }

    /// <summary>Which runs they are told of.</summary>
    public required NotifyOn On { get; init; }

    /// <summary>Who is also told when the model was not published.</summary>
    public required IReadOnlyList<string> OfFailures { get; init; }

    internal static ToldOf Of(NotifyTargets targets) => new()
    {
        Who = [.. Names(targets)],
        On = targets.On,
        OfFailures = [.. targets.Failures is { } failures ? Names(failures) : []],
    };

    private static IEnumerable<string> Names(Recipients recipients)
    {
        foreach (var address in recipients.Email)
            yield return address;
        if (recipients.Owner is { } owner && !recipients.Email.Contains(owner, StringComparer.OrdinalIgnoreCase))
            yield return $"{owner} (owner)";
        if (recipients.Slack)
            yield return "Slack";
        if (recipients.Webhook.Distinct().Count() is > 0 and var webhooks)
            yield return webhooks == 1 ? "a webhook" : $"{webhooks} webhooks";
    }
}
