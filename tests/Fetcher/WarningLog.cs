using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher.Tests;

/// <summary>Keeps what the Fetcher warns of.</summary>
internal sealed class WarningLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _warnings = [];

    public IReadOnlyCollection<string> Warnings => _warnings;

    // Others, the bus for one, are not asked.
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Benchmark.", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _warnings.Enqueue(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
