namespace Benchmark.Contracts;

/// <summary>The queues that a refresh travels through, each consumed by the service of its name.</summary>
public static class Queues
{
    /// <summary>Requests to refresh a model.</summary>
    public const string Fetcher = "fetcher";

    /// <summary>Data that is staged.</summary>
    public const string Validator = "validator";

    /// <summary>Data that has passed its checks.</summary>
    public const string Publisher = "publisher";

    /// <summary>Everything that happens in a run.</summary>
    public const string Notifier = "notifier";

    /// <summary>All of them: a run comes to its end only if each is there.</summary>
    public static IReadOnlyList<string> All { get; } = [Fetcher, Validator, Publisher, Notifier];
}
