using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Logging;

namespace Benchmark.Contracts.Registry;

/// <summary>
/// Tells when something in the registry's directory may have changed. It watches names, not only contents: Kubernetes
/// swaps a ConfigMap by renaming the link <c>..data</c>, and the file itself never changes.
/// </summary>
internal sealed class RegistryWatch : IDisposable
{
    // An editor or 'kubectl cp' writes in several steps; half a file would be reported as a bad one.
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(250);

    private readonly ITimer _settled;
    private readonly ILogger _logger;
    private FileSystemWatcher? _watcher;

    public RegistryWatch(string path, TimeProvider time, Action changed, ILogger logger)
    {
        var full = Path.GetFullPath(path);
        WatchedDirectory = Posix.IsDirectory(full) ? full : Path.GetDirectoryName(full)!;
        _logger = logger;
        _settled = time.CreateTimer(_ => changed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Watch();
    }

    public string WatchedDirectory { get; }

    public void Dispose()
    {
        _watcher?.Dispose();
        _settled.Dispose();
    }

    private void Watch()
    {
        try
        {
            _watcher = new FileSystemWatcher(WatchedDirectory)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
                    | NotifyFilters.Size | NotifyFilters.CreationTime,
            };
            _watcher.Changed += Settle;
            _watcher.Created += Settle;
            _watcher.Deleted += Settle;
            _watcher.Renamed += Settle;
            _watcher.Error += (_, e) => _logger.WatchFailed(WatchedDirectory, e.GetException().Message);
            _watcher.EnableRaisingEvents = true;
        }
        // No such directory yet, or the machine's inotify watches are used up: polling finds changes too, only later.
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            _logger.WatchFailed(WatchedDirectory, e.Message);
        }
    }

    private void Settle(object sender, FileSystemEventArgs e) => _settled.Change(s_settle, Timeout.InfiniteTimeSpan);
}
