using Benchmark.Contracts;
using Benchmark.Contracts.Registry;

namespace Benchmark.Notifier.Deliveries;

/// <summary>The recipients of one report: the models that name the same mail addresses.</summary>
/// <param name="Key">The addresses, sorted and separated by commas; empty when there are none.</param>
/// <param name="Slack">Whether the report also goes to Slack.</param>
/// <param name="Models">The models in the report.</param>
internal sealed record Team(string Key, bool Slack, IReadOnlyList<ModelKey> Models)
{
    /// <summary>Groups models by team; a model not in the registry goes to the registry's own recipients.</summary>
    public static IReadOnlyList<Team> Of(IEnumerable<ModelKey> models, ModelRegistry registry) =>
        [.. models
            .Select(model => (model, notify: registry.Find(model.ValueStream, model.Model)?.Notify ?? registry.Notify))
            .GroupBy(pair => KeyOf(pair.notify.Email))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
                new Team(group.Key, group.Any(pair => pair.notify.Slack), [.. group.Select(pair => pair.model)]))];

    /// <summary>The addresses of a team's key.</summary>
    public static IReadOnlyList<string> Addresses(string key) => key.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static string KeyOf(IEnumerable<string> addresses) =>
        string.Join(',', addresses
            .Select(address => address.Trim().ToLowerInvariant())
            .Where(address => address.Length > 0)
            .Distinct()
            .Order(StringComparer.Ordinal));
}
