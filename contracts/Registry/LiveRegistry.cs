using System.Collections.Concurrent;
using System.Threading.Channels;
using Benchmark.Contracts.Registry.Document;
using Benchmark.Contracts.Registry.Reading;
using Benchmark.Contracts.Volume;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Contracts.Registry;

/// <summary>
/// The registry at <see cref="RegistryOptions.Path"/>, read on first use and reloaded as a whole when it changes.
/// An invalid one is logged, and the last valid one stays in use.
/// </summary>
public sealed class LiveRegistry(
    IOptions<RegistryOptions> options, VolumeLayout volume, TimeProvider time, ILogger<LiveRegistry> logger)
    : BackgroundService, IRegistry
{
    private readonly PinnedRegistries _pins = new(volume, logger);
    private readonly Lock _reading = new();
    private volatile InUse? _inUse;
    private RegistryFiles? _files;
    private string? _reported;

    /// <summary>Where flat keys are looked up. Default: the variables of this process.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = RegistryReader.ProcessEnvironment();

    /// <summary>How its files were found when they were read.</summary>
    public RegistryReads Reads { get; } = new();

    /// <summary>What is wrong with the file as it is now; empty when it is the registry in use.</summary>
    public IReadOnlyList<RegistryProblem> Problems { get; private set; } = [];

    /// <inheritdoc/>
    public ModelRegistry Current => Use().Registry;

    /// <inheritdoc/>
    public ModelRegistry Pin()
    {
        var current = Current;
        _pins.Store(current);
        return current;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The volume cannot be read.</exception>
    public ModelRegistry Pinned(string? sha256)
    {
        var inUse = Use();
        if (sha256 is null || sha256 == inUse.Registry.Sha256)
            return inUse.Registry;
        if (inUse.Pinned.TryGetValue(sha256, out var known))
            return known;
        return _pins.Find(sha256, inUse.Registry) is { } found ? inUse.Pinned.GetOrAdd(sha256, found) : inUse.Registry;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changes =
            Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var interval = options.Value.PollInterval;
        await using var poll = time.CreateTimer(_ => changes.Writer.TryWrite(true), null, interval, interval);
        using var watch = new RegistryWatch(options.Value.Path, time, () => changes.Writer.TryWrite(true), logger);
        // A change between the first use and the start of the watch would go unnoticed until the first poll.
        Reload();
        logger.Watching(watch.WatchedDirectory, interval);

        try
        {
            await foreach (var _ in changes.Reader.ReadAllAsync(stoppingToken))
                Reload();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A normal stop. If rethrown, it would be logged as critical when another service fails to start.
        }
    }

    private InUse Use()
    {
        if (_inUse is { } inUse)
            return inUse;
        lock (_reading)
            return _inUse ?? Read();
    }

    private void Reload()
    {
        try
        {
            lock (_reading)
            {
                if (_files is not { } files || !files.AreUnchanged())
                    Read();
            }
        }
        catch (RegistryException)
        {
            // Already logged by Read; the last valid registry stays in use.
        }
    }

    // Called under the lock: two threads would otherwise log one problem twice.
    private InUse Read()
    {
        try
        {
            var path = options.Value.Path;
            _files = new RegistryFiles(path);
            return Accept(RegistryReader.Read(new Place(path), _files, Environment, volume.Root));
        }
        catch (RegistryException e)
        {
            Report(e);
            throw;
        }
    }

    private InUse Accept(ModelRegistry next)
    {
        var wasInvalid = _reported is not null;
        _reported = null;
        Problems = [];
        Reads.Loaded();
        if (_inUse is not { } last)
        {
            logger.RegistryRead(
                next.Sha256, options.Value.Path, next.Models.Count, string.Join(", ", next.Sources.Values));
            return _inUse = new InUse(next);
        }

        var change = new RegistryChange(last.Registry, next);
        if (change.None)
        {
            if (wasInvalid)
                logger.RegistryValidAgain(options.Value.Path, next.Sha256);
            return last;
        }
        _inUse = new InUse(next);
        logger.RegistryChanged(
            last.Registry.Sha256, next.Sha256, change.Added, change.Removed, change.Changed, change.Sources);
        return _inUse;
    }

    // Until one is valid every use reads again: log the same problems once, not every time.
    private void Report(RegistryException e)
    {
        if (_reported == e.Message)
            return;
        _reported = e.Message;
        Problems = e.Problems;
        Reads.Refused(e.Problems.Count);
        if (_inUse is { } last)
            logger.RegistryRefused(options.Value.Path, last.Registry.Sha256, e.Problems.Count, e.Message);
        else
            logger.RegistryUnusable(options.Value.Path, e.Problems.Count, e.Message);
    }

    /// <summary>The registry in use, with the pinned ones read since; those take their sources from it.</summary>
    private sealed record InUse(ModelRegistry Registry)
    {
        public ConcurrentDictionary<string, ModelRegistry> Pinned { get; } = [];
    }
}
