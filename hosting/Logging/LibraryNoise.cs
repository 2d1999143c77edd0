using System.Net.Sockets;
using MassTransit;
using Serilog.Core;
using Serilog.Events;

namespace Benchmark.Hosting.Logging;

/// <summary>
/// Drops library events that repeat at every attempt, with a stack trace: <see cref="Readiness"/>,
/// <see cref="Broker.BrokerWatch"/> and <see cref="ServiceHost"/> log the same in one line, with the next step.
/// </summary>
internal sealed class LibraryNoise : ILogEventFilter
{
    // By logger, the templates or beginnings of events.
    private static readonly (string Logger, string Event)[] s_summarized =
    [
        ("MassTransit", "Connection Failed: {InputAddress}"),
        ("MassTransit", "Bus start canceled: {HostAddress}"),
        ("MassTransit", "Failed to stop bus: {Address} ({Reason})"),
        ("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", "Health check "),
    ];

    /// <inheritdoc/>
    public bool IsEnabled(LogEvent logEvent) =>
        !IsToldElsewhere(logEvent) && !IsStartThatEnds(logEvent) && !IsLostConnection(logEvent)
        && !IsSummarized(logEvent);

    private static bool IsToldElsewhere(LogEvent logEvent) =>
        Logger(logEvent) == "MassTransit" && logEvent.Exception is { } thrown
        && (thrown is IToldElsewhere || thrown.InnerException is IToldElsewhere)
        && logEvent.MessageTemplate.Text.StartsWith("R-RETRY", StringComparison.Ordinal);

    private static bool IsSummarized(LogEvent logEvent) => s_summarized.Any(known =>
        Logger(logEvent) == known.Logger
        && logEvent.MessageTemplate.Text.StartsWith(known.Event, StringComparison.Ordinal));

    // A process that is told to stop while it starts, and one whose port is taken or whose volume is missing.
    private static bool IsStartThatEnds(LogEvent logEvent) =>
        Logger(logEvent) == "Microsoft.Extensions.Hosting.Internal.Host"
        && logEvent.MessageTemplate.Text == "Hosting failed to start"
        && logEvent.Exception is OperationCanceledException or SocketException or IOException;

    // But not of a message, whose events begin with R-, such as R-FAULT.
    private static bool IsLostConnection(LogEvent logEvent) =>
        Logger(logEvent) == "MassTransit" && logEvent.Exception is ConnectionException
        && !logEvent.MessageTemplate.Text.StartsWith("R-", StringComparison.Ordinal);

    private static string? Logger(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) is ScalarValue { Value: string name }
            ? name : null;
}
