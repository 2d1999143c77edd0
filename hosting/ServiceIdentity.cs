using Microsoft.Extensions.Configuration;

namespace Benchmark.Hosting;

/// <summary>
/// Who a process is in its logs, traces and metrics. Datadog's variables win over OpenTelemetry's: <c>DD_SERVICE</c>,
/// <c>DD_ENV</c> and <c>DD_VERSION</c>, then <c>service</c>, <c>env</c> and <c>version</c> in <c>DD_TAGS</c>, then
/// <c>OTEL_SERVICE_NAME</c>, then <c>OTEL_RESOURCE_ATTRIBUTES</c>. <c>BENCHMARK_ENVIRONMENT</c> wins over all of them.
/// </summary>
public sealed record ServiceIdentity
{
    /// <summary>The service; its own name when nothing else is set.</summary>
    public required string Service { get; init; }

    /// <summary>The environment, such as <c>prod</c>; null when nothing sets it.</summary>
    public required string? Env { get; init; }

    /// <summary>The version; null when nothing sets it.</summary>
    public required string? Version { get; init; }

    /// <summary>The other tags of <c>DD_TAGS</c>.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Reads the identity of a process.</summary>
    /// <param name="configuration">The environment.</param>
    /// <param name="service">The service's own name.</param>
    public static ServiceIdentity Of(IConfiguration configuration, string service)
    {
        var tags = DatadogTags(configuration["DD_TAGS"]);
        var attributes = ResourceAttributes(configuration["OTEL_RESOURCE_ATTRIBUTES"]);
        return new ServiceIdentity
        {
            Service = First(
                configuration["DD_SERVICE"], Take(tags, "service"), configuration["OTEL_SERVICE_NAME"],
                attributes.GetValueOrDefault("service.name"), service)!,
            Env = First(
                configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.Environment)}"],
                configuration["DD_ENV"], Take(tags, "env"),
                attributes.GetValueOrDefault("deployment.environment.name"),
                attributes.GetValueOrDefault("deployment.environment")),
            Version = First(
                configuration["DD_VERSION"], Take(tags, "version"), attributes.GetValueOrDefault("service.version")),
            Tags = tags,
        };
    }

    private static string? First(params string?[] values) => Array.Find(values, value => value is { Length: > 0 });

    private static string? Take(Dictionary<string, string> tags, string key) =>
        tags.Remove(key, out var value) ? value : null;

    // 'key:value' pairs between commas, or between spaces where there is no comma. Only the first colon separates.
    private static Dictionary<string, string> DatadogTags(string? text) =>
        Pairs(text, text?.Contains(',') == true ? ',' : ' ', ':');

    private static Dictionary<string, string> ResourceAttributes(string? text) =>
        Pairs(text, ',', '=').ToDictionary(pair => pair.Key, pair => Uri.UnescapeDataString(pair.Value));

    private static Dictionary<string, string> Pairs(string? text, char between, char within)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var part in (text ?? "").Split(between, StringSplitOptions.TrimEntries))
        {
            if (part.Split(within, 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } key, { Length: > 0 } value])
                pairs[key] = value;
        }
        return pairs;
    }
}
