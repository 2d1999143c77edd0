using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmark.Tests.Support;

/// <summary>Keeps the lines that code logs, so that a test can read them or wait for one.</summary>
/// <param name="least">Lines of lower levels are left out.</param>
/// <param name="category">Only categories that begin so are kept: <c>Benchmark.</c> is all of ours.</param>
public sealed class LogCapture(LogLevel least = LogLevel.Information, string category = "") : ILoggerProvider, ILogger
{
    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    /// <summary>All lines so far, each with its level: <c>Warning: …</c>.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines.Select(line => $"{line.Level}: {line.Text}")];
        }
    }

    /// <summary>The lines of one level so far.</summary>
    public IReadOnlyList<string> Of(LogLevel level)
    {
        lock (_lines)
            return [.. _lines.Where(line => line.Level == level).Select(line => line.Text)];
    }

    /// <summary>
    /// Waits for a line that begins so; looks from behind the line that the previous wait ended with.
    /// </summary>
    /// <param name="beginning">Level and text, as in <see cref="Lines"/>: <c>Error: Registry</c>.</param>
    /// <exception cref="TimeoutException">None came within a minute.</exception>
    public async Task<string> NextAsync(string beginning)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            while (true)
            {
                var line = await _unread.Reader.ReadAsync(patience.Token);
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                    return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(
                $"No line that begins with '{beginning}' was logged, but:\n{string.Join('\n', Lines)}");
        }
    }

    /// <summary>A logger for a class that is made without a host.</summary>
    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    ILogger ILoggerProvider.CreateLogger(string categoryName) =>
        categoryName.StartsWith(category, StringComparison.Ordinal) ? this : NullLogger.Instance;

    bool ILogger.IsEnabled(LogLevel logLevel) => logLevel >= least;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (logLevel < least)
            return;
        var text = formatter(state, exception);
        lock (_lines)
            _lines.Add((logLevel, text));
        _unread.Writer.TryWrite($"{logLevel}: {text}");
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    void IDisposable.Dispose()
    {
    }
}
