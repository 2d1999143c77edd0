using System.Threading.Channels;
using Benchmark.Contracts.Registry;
using Microsoft.Extensions.Logging;

namespace Benchmark.Contracts.Tests;

/// <summary>A log that a test can wait for: its lines are the only thing a live registry shows of its work.</summary>
public sealed class Recorder : ILogger<LiveRegistry>
{
    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>The next line, from where the last wait ended, that begins so.</summary>
    public async Task<string> NextAsync(string beginning)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await foreach (var line in _unread.Reader.ReadAllAsync(timeout.Token))
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line;
        }
        throw new InvalidOperationException("The log ended.");
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel}: {formatter(state, exception)}";
        lock (_lines)
            _lines.Add(line);
        _unread.Writer.TryWrite(line);
    }
}
