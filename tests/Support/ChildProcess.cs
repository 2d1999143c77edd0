using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace Benchmark.Tests.Support;

/// <summary>
/// A program in a process of its own. Its output is always read, and it ends with the test at the latest.
/// </summary>
public sealed class ChildProcess : IDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _error = new();
    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();
    private readonly Process _process;

    private ChildProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        // Read from the start, so that a full pipe cannot stop it; null is the end of the stream.
        _process.OutputDataReceived += (_, line) => Receive(line.Data);
        _process.ErrorDataReceived += (_, line) => _error.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has written to its standard output so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>What it has written to its standard error so far.</summary>
    public string Error => string.Join('\n', _error);

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Its exit code, once it has ended: 128 + n when signal n ended it.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it has used of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path, or a name to look for in PATH.</param>
    /// <param name="arguments">Passed one by one; no shell reads them.</param>
    /// <param name="environment">What its environment has besides that of the tests.</param>
    /// <param name="workingDirectory">Where it starts; where the tests run when null.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        // A build server that outlives its dotnet would keep the output open, and its end would never come.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        // None runs long enough to gain from being compiled again by what a profile says.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new ChildProcess(start);
    }

    /// <summary>Starts a program of ours, an assembly beside the tests or a whole path.</summary>
    public static ChildProcess StartDotnet(
        string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Start("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], environment);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has its standard error.</exception>
    public static string Run(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? workingDirectory = null)
    {
        using var child = Start(program, arguments, environment, workingDirectory);
        child._process.WaitForExit();
        return child.ExitCode == 0
            ? child.Output
            : throw new InvalidOperationException(
                $"'{program} {string.Join(' ', arguments)}' ended with {child.ExitCode}: {child.Error}{child.Output}");
    }

    /// <summary>Waits for the next line of its standard output that nobody has read.</summary>
    /// <returns>Null when it has ended.</returns>
    public async Task<string?> ReadLineAsync() =>
        await _unread.Reader.WaitToReadAsync() && _unread.Reader.TryRead(out var line) ? line : null;

    /// <summary>Writes a line to its standard input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until it ends by itself and all that it wrote has been read.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>
    /// Sends it a signal, <c>TERM</c> as Kubernetes does to stop a pod, and waits until it has ended.
    /// </summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(string signal = "TERM")
    {
        await SignalAsync(signal);
        return await ExitAsync();
    }

    /// <summary>Sends it a signal, <c>STOP</c> to freeze it and <c>CONT</c> to wake it.</summary>
    public async Task SignalAsync(string signal)
    {
        // It may have ended by itself: then there is nobody to signal, and its exit code tells.
        using var kill = Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.ExitAsync();
    }

    /// <summary>Ends it without warning (SIGKILL), and waits until all that it wrote has been read.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it, if it has not ended yet, and the processes that it started.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit(TimeSpan.FromSeconds(10));
    }

    private void Receive(string? line)
    {
        _output.Enqueue(line ?? "");
        if (line is null || !_unread.Writer.TryWrite(line))
            _unread.Writer.TryComplete();
    }
}
