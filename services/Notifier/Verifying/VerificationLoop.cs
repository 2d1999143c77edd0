using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Contracts.Volume.Verifying;
using Benchmark.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Benchmark.Notifier.Verifying;

/// <summary>
/// Verifies every version of every model again and again, slowly, apart from everything that anybody waits for. What
/// another process has verified is not read again before it is due.
/// </summary>
internal sealed class VerificationLoop(
    IRegistry registry, VolumeLayout volume, Verifications verifications, IOptions<NotifierOptions> options,
    TimeProvider time, IHostApplicationLifetime lifetime, ILogger<VerificationLoop> logger) : BackgroundService
{
    // How soon a model that was added, or that is due, is looked at.
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ModelKey, string> _problems = [];

    private TimeSpan Every => options.Value.VerifyEvery;

    /// <summary>Verifies what is due, one model after the other.</summary>
    public void VerifyDue(CancellationToken ct)
    {
        var names = Models();
        verifications.KeepOnly(names);
        foreach (var name in names)
        {
            ct.ThrowIfCancellationRequested();
            TryVerify(name, ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Every <= TimeSpan.Zero)
            return;
        try
        {
            await lifetime.HasStartedAsync(stoppingToken);
            using var timer = new PeriodicTimer(Every < s_pause ? Every : s_pause, time);
            do
                // On its own thread: it waits for a volume, and for its own pace.
                await Task.Factory.StartNew(
                    () => VerifyDue(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A normal stop: the models that were not reached are due still.
        }
    }

    private IReadOnlyList<ModelKey> Models()
    {
        try
        {
            return [.. registry.Current.Models.Select(model => model.Name)];
        }
        catch (RegistryException)
        {
            // Its reader has logged the problems.
            return [];
        }
    }

    private void TryVerify(ModelKey name, CancellationToken ct)
    {
        try
        {
            Verify(name, ct);
            _problems.Remove(name);
        }
        // One model must not keep the others from it, and an outage of a day is logged once.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_problems.GetValueOrDefault(name) != e.Message)
                logger.NotVerified(name.ValueStream, name.Model, e.Message);
            _problems[name] = e.Message;
        }
    }

    private void Verify(ModelKey name, CancellationToken ct)
    {
        // Where the record cannot be written, this process knows better.
        var before = new[] { VerificationRecord.Read(volume, name), verifications.Find(name) }
            .MaxBy(found => found?.VerifiedAt);
        if (before is not null && time.GetUtcNow() - before.VerifiedAt < Every)
        {
            Tell(before);
            return;
        }
        var pace = new ReadingPace(options.Value.VerifyMegabytesPerSecond * 1_000_000L, time);
        var found = new VersionVerification(volume, time, pace.Read).Verify(name, before, ct);
        if (found.Files.Count == 0)
            return;
        Tell(found);
        Record(found);
    }

    private void Record(ModelVerification found)
    {
        try
        {
            VerificationRecord.Write(volume, found);
        }
        // What was found is told of already; it is found again by whoever does not know of this look.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.NotRecorded(found.ValueStream, found.Model, e.Message);
        }
    }

    private void Tell(ModelVerification found)
    {
        var told = verifications.Keep(found)?.Altered.Select(file => file.File) ?? [];
        foreach (var file in found.Altered.ExceptBy(told, file => file.File))
            logger.FileAltered(found.ValueStream, found.Model, file.InWords);
    }
}
