using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Benchmark.Hosting;

/// <summary>
/// Tells whether the process is ready, and each reason why it is not: in the answer of <c>/health/ready</c>, and in the
/// log when that changes, except what is told there by another.
/// </summary>
internal sealed class Readiness(ILogger<Readiness> logger) : IHealthCheckPublisher
{
    /// <summary>The tag of the checks that count.</summary>
    public const string Tag = "ready";

    /// <summary>The tag of a check of which a service says itself in the log what is wrong.</summary>
    public const string ToldElsewhere = "told elsewhere";

    /// <summary>How long the log may be behind.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a check may take: less than the 5 s of a probe, which would otherwise end without a reason.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private string? _logged;

    /// <inheritdoc/>
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        var reasons = string.Join("; ", Reasons(
            report.Entries.Where(entry => !entry.Value.Tags.Contains(ToldElsewhere))));
        // It is not ready, and the log says why.
        var told = reasons.Length == 0 && report.Status != HealthStatus.Healthy;
        if (told || reasons == _logged)
            return Task.CompletedTask;
        _logged = reasons;
        if (reasons.Length == 0)
            logger.Ready();
        else
            logger.NotReady(reasons);
        return Task.CompletedTask;
    }

    /// <summary>Answers with the status and a line for each reason.</summary>
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(string.Join('\n', Reasons(report.Entries).Prepend($"{report.Status}")));
    }

    // The description of a check that throws is the message of its exception.
    private static IEnumerable<string> Reasons(IEnumerable<KeyValuePair<string, HealthReportEntry>> entries) =>
        from entry in entries
        where entry.Value.Status != HealthStatus.Healthy
        from line in Reason(entry.Value).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        select $"{entry.Key}: {line.Trim()}";

    // A check that takes too long is cancelled.
    private static string Reason(HealthReportEntry entry) => entry.Exception is OperationCanceledException
        ? $"it does not answer within {Patience.TotalSeconds:0} s. Check its address and the network between."
        : entry.Description ?? "no reason given";
}
