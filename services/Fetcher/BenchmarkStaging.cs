using System.Collections.Concurrent;
using System.Diagnostics;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Fetcher.Sources;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

/// <summary>Brings one model's rows from its source into a complete staging directory, or says why that cannot be.</summary>
internal sealed class BenchmarkStaging(
    VolumeLayout volume, SourceQuery query, TimeProvider time, ILogger<BenchmarkStaging> logger)
{
    // Beside one fetch: waiting for a place at the source, and attempts that broke off.
    private static readonly TimeSpan s_beside = TimeSpan.FromMinutes(10);

    // RabbitMQ takes a message back after 30 minutes, and every other fetch of this process with it. A longer fetch_timeout
    // is for a broker whose consumer_timeout is longer, too.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(28);

    // Within one deadline; what a lost chunk spoils is right the next time, and what is not will not be.
    private const int MostTries = 3;

    private readonly SourceGates _gates = new();
    private readonly ConcurrentDictionary<string, bool> _warned = [];

    /// <summary>Stages, or finds what an earlier delivery of the same request staged.</summary>
    /// <param name="request">What to stage.</param>
    /// <param name="runId">Its run.</param>
    /// <param name="registry">The registry that the run is pinned to.</param>
    /// <param name="spent">How long this delivery of the request has been here, earlier attempts included.</param>
    /// <param name="ct">The process is stopping, or the broker has taken the message back.</param>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    /// <exception cref="SourceUnavailableException">The source cannot be reached or broke off.</exception>
    /// <exception cref="OperationCanceledException">The process is stopping.</exception>
    public async Task<StageOutcome> StageAsync(
        RefreshModel request, Guid runId, ModelRegistry registry, TimeSpan spent, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using var activity = FetchTelemetry.Start(request, runId);
        try
        {
            var refresh = Refresh.Of(request, runId, registry);
            return Done(await InTimeAsync(refresh, spent, started, ct));
        }
        catch (FetchRefusedException e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            var failed = new ModelFetchFailed
            {
                RunId = runId,
                Refresh = new RefreshOutcome
                {
                    ValueStream = request.ValueStream,
                    Model = request.Model,
                    Outcome = Outcome.Failed,
                    Stage = Stage.Fetch,
                    Reason = e.Message,
                    Hint = e.Hint,
                },
            };
            logger.Refused(failed, time.GetElapsedTime(started));
            return new StageOutcome.Refused(failed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{request.ValueStream}/{request.Model} cannot be staged on the volume {volume.Root}: {e.Message} "
                + "Check its free space, that it is mounted read-write, and that this process's user may write there.", e);
        }
    }

    private async Task<StagedFacts> InTimeAsync(Refresh refresh, TimeSpan spent, long started, CancellationToken ct)
    {
        var longest = Longest(refresh.Model.FetchTimeout);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(longest > spent ? longest - spent : TimeSpan.Zero);
        try
        {
            return await FindOrFetchAsync(refresh, started, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new FetchRefusedException(
                $"{refresh.Model.Name} was not fetched within {longest} of its request's delivery: it waited for a place"
                + $" at {refresh.Source}, or attempts broke off.",
                $"Raise max_concurrent_fetches of the source '{refresh.Source.Name}' if it can bear it, or run more"
                + " Fetchers; the Fetcher's log has attempts that broke off.");
        }
    }

    private static TimeSpan Longest(TimeSpan fetchTimeout)
    {
        var both = fetchTimeout + s_beside;
        return both <= s_longest ? both : fetchTimeout > s_longest ? fetchTimeout : s_longest;
    }

    private async Task<StagedFacts> FindOrFetchAsync(Refresh refresh, long started, CancellationToken ct)
    {
        using var place = await _gates.EnterAsync(refresh.Source, ct);
        var area = new StagingArea(volume.Model(refresh.Model.Name), logger);
        if (area.FindComplete(refresh.RunId) is { } earlier)
        {
            logger.StagedEarlier(earlier);
            return earlier;
        }
        Warn(refresh.Source);
        area.Sweep(refresh.RunId, time.GetUtcNow());
        var facts = await FetchAsync(refresh, area, ct);
        var elapsed = time.GetElapsedTime(started);
        logger.Staged(facts, elapsed);
        FetchTelemetry.Staged(facts, elapsed);
        return facts;
    }

    // Once for a process: with every model it would be noise.
    private void Warn(SourceDefinition source)
    {
        if (query.Warning(source) is { } warning && _warned.TryAdd(source.Name, true))
            logger.SourceWarning(source.Name, warning);
    }

    private static StageOutcome.Staged Done(StagedFacts facts) => new(new ModelStaged
    {
        RunId = facts.RunId,
        ValueStream = facts.ValueStream,
        Model = facts.Model,
        Attempt = facts.Attempt,
        Rows = facts.Rows,
        Bytes = facts.Bytes,
        FetchedAt = facts.FetchedAt,
    });

    private async Task<StagedFacts> FetchAsync(Refresh refresh, StagingArea area, CancellationToken ct)
    {
        var (staged, attempt) = area.Claim(refresh.RunId);
        var complete = false;
        try
        {
            var rows = await WriteDataAsync(refresh, staged, ct);
            var facts = refresh.Facts(attempt, rows);
            StagingArea.Complete(staged, facts);
            complete = true;
            return facts;
        }
        finally
        {
            if (!complete)
                area.Discard(staged);
        }
    }

    private async Task<FetchedRows> WriteDataAsync(Refresh refresh, StagedPaths staged, CancellationToken ct)
    {
        var limit = refresh.Model.FetchTimeout;
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            // No buffer of its own: what is written comes in blocks already. Read, too, for control totals.
            await using var file = new FileStream(
                staged.Data, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var rows = await WriteReconciledAsync(refresh, file, either.Token);
            // NFS reports a full disk here, and Dispose would hide it.
            Posix.Flush(file);
            return rows;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new FetchRefusedException(
                $"The fetch from {refresh.Source} was not done after {limit}.",
                $"Make the query faster, or raise fetch_timeout of {refresh.Model.Name} in the registry.");
        }
    }

    // Not left to the endpoint's retries: those end in a fault, and rows that are wrong again and again are a failure of the data.
    private async Task<FetchedRows> WriteReconciledAsync(Refresh refresh, FileStream file, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                file.SetLength(0);
                file.Position = 0;
                return await query.WriteAsync(refresh.Model, refresh.Source, refresh.RunId, file, ct);
            }
            catch (TotalsDifferException e) when (tries < MostTries)
            {
                logger.TotalsDiffer(refresh, tries, e);
            }
            catch (TotalsDifferException e)
            {
                throw new FetchRefusedException(
                    $"What the source {refresh.Source} sent is not what it has, {MostTries} times in a row. {e.Message}",
                    "If the query gives the same rows each time (no random(), no limit without order by), "
                    + "it is the driver or the network between: refresh again, and tell who runs the source.",
                    e);
            }
        }
    }
}
