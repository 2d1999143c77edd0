namespace Benchmark.Contracts;

/// <summary>The queues of a refresh, each consumed by the service of the same name.</summary>
public static class Queues
{
    /// <summary>Requests to refresh a model.</summary>
    public const string Fetcher = "fetcher";

    /// <summary>Data that is staged.</summary>
    public const string Validator = "validator";

    /// <summary>Data that has passed its checks.</summary>
    public const string Publisher = "publisher";

    /// <summary>The events of a run.</summary>
    public const string Notifier = "notifier";

    /// <summary>All queues; a run needs every one of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Fetcher, Validator, Publisher, Notifier];
}
