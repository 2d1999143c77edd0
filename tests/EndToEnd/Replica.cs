using Benchmark.Tests.Support;

namespace Benchmark.EndToEnd.Tests;

/// <summary>One replica of a service as Kubernetes keeps it: whatever ends it, it is started again.</summary>
internal sealed class Replica(Site site, string service)
{
    // What Kubernetes gives a pod before it kills it: terminationGracePeriodSeconds.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(60);

    private readonly List<ChildProcess> _ended = [];
    private ChildProcess _process = site.Run($"Benchmark.{service}");

    public string Service { get; } = service;

    /// <summary>
    /// What its processes, one after the other, said of troubles; that they missed the broker is no news.
    /// </summary>
    public IEnumerable<string> Complaints => _ended.Append(_process)
        .SelectMany(process => $"{process.Output}\n{process.Error}".Split('\n'))
        .Where(line => line.Length > 0 && !line.Contains("\"level\":\"info\"", StringComparison.Ordinal)
            && !line.Contains("\"Not ready: ", StringComparison.Ordinal)
            && !line.Contains("\"The broker does not serve this process: ", StringComparison.Ordinal))
        .Select(line => $"{Service}: {line}");

    /// <summary>Ends it without a word (SIGKILL), and starts it again.</summary>
    public async Task KillAsync()
    {
        RequireAlive();
        await _process.KillAsync();
        _ended.Add(_process);
        _process = site.Run($"Benchmark.{Service}");
    }

    /// <summary>
    /// Asks it to end (SIGTERM), waits until it has, and starts it again with what its environment now says.
    /// </summary>
    public async Task RestartAsync()
    {
        RequireAlive();
        var asked = TimeProvider.System.GetTimestamp();
        var exitCode = await _process.EndAsync();
        TimeProvider.System.GetElapsedTime(asked).Should().BeLessThan(s_grace, "{0} is killed otherwise", Service);
        // Asked before it could listen, it ends as any program does: 128 + SIGTERM.
        exitCode.Should().BeOneOf([0, 143], "{0} stops when it is asked to\n{1}", Service, _process.Output);
        _ended.Add(_process);
        _process = site.Run($"Benchmark.{Service}");
    }

    /// <exception cref="InvalidOperationException">It has ended by itself, which no trouble around it
    /// excuses.</exception>
    public void RequireAlive()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"{Service} has ended by itself:\n{_process.Error}\n{_process.Output}");
    }
}
