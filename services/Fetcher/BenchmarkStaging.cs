using System.Collections.Concurrent;
using System.Diagnostics;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources;
using Microsoft.Extensions.Logging;

namespace Benchmark.Fetcher;

/// <summary>
/// Fetches one model's rows from its source into a complete staging directory, or returns why it cannot.
/// </summary>
internal sealed class BenchmarkStaging(
    VolumeLayout volume, SourceQuery query, TimeProvider time, ILogger<BenchmarkStaging> logger)
{
    // Clocks kept by NTP differ by far less.
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(2);

    private readonly SourceLimiter _limiter = new();
    private readonly SourceHealth _health = new(time);
    private readonly Readiness _readiness = new(query, time);
    private readonly ReadMoment _moment = new(volume, time);
    private readonly ConcurrentDictionary<string, bool> _warned = [];

    /// <summary>Stages, or finds what an earlier delivery of the same request staged.</summary>
    /// <param name="request">What to stage.</param>
    /// <param name="runId">Its run.</param>
    /// <param name="registry">The registry that the run is pinned to.</param>
    /// <param name="delivery">How long it has been here, and whether the broker has taken it back.</param>
    /// <param name="ct">The process is stopping, or the broker has taken the message back.</param>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    /// <exception cref="SourceUnavailableException">The source cannot be reached or broke off.</exception>
    /// <exception cref="OperationCanceledException">The process is stopping.</exception>
    public async Task<StageOutcome> StageAsync(
        RefreshModel request, Guid runId, ModelRegistry registry, RequestDelivery delivery, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using var activity = FetchTelemetry.Start(request, runId);
        await using var cancellation = new RunCancellation(volume, runId, time);
        using var requestLimit = CancellationTokenSource.CreateLinkedTokenSource(ct, cancellation.Token);
        var state = new FetchState($"{request.ValueStream}/{request.Model}", volume.Root, Stopping: ct)
        {
            RunCancelled = cancellation.Token,
            RequestLimit = requestLimit.Token,
        };
        try
        {
            if (cancellation.IsCancelled)
                return Dropped(request, runId);
            var refresh = state.Refresh = ResolvedRefresh.From(request, runId, registry);
            // Nothing was taken back of what is new here, and to look for it is a round trip.
            if (delivery.IsRepeated)
                RefuseIfTakenBackOften(refresh);
            var spent = delivery.Age;
            requestLimit.CancelAfter(refresh.RequestLimit > spent ? refresh.RequestLimit - spent : TimeSpan.Zero);
            return new StageOutcome.Staged(await FetchAsync(refresh, state, started));
        }
        catch (Exception e)
        {
            var failure = FetchFailure.Of(e, state);
            Remember(failure, e, state);
            switch (failure)
            {
                case FetchFailure.Refused refused:
                    activity?.SetStatus(ActivityStatusCode.Error, refused.Reason);
                    var failed = Failed(request, runId, refused);
                    logger.Refused(failed, time.GetElapsedTime(started));
                    return new StageOutcome.Refused(failed);
                case FetchFailure.Dropped:
                    return Dropped(request, runId);
                case FetchFailure.Cancelled when state.Refresh is { } refresh && delivery.TakenBackAfter is { } timeout:
                    NoteTakenBack(refresh, delivery.Age, timeout);
                    throw;
                case FetchFailure.Thrown { Exception: var thrown } when thrown != e:
                    throw thrown;
                default:
                    throw;
            }
        }
    }

    private StageOutcome.Dropped Dropped(RefreshModel request, Guid runId)
    {
        logger.RunCancelled(request, runId);
        return new StageOutcome.Dropped();
    }

    // The broker would give the request out again for ever, and each fetch would come to nothing.
    private void RefuseIfTakenBackOften(ResolvedRefresh refresh)
    {
        var times = Area(refresh).TimesTakenBack(refresh.RunId);
        if (times >= StagingArea.MostTimesTakenBack)
            throw new FetchRefusedException(
                $"The broker took the request back {times} times, each time before the rows were fetched.",
                $"Raise consumer_timeout of the broker above fetch_timeout of {refresh.Model.Name} "
                + $"({refresh.Model.FetchTimeout}), or make its query faster; the Fetcher's log has the times.");
    }

    // Others of its channel, which have not taken too long, are taken back along with it.
    private void NoteTakenBack(ResolvedRefresh refresh, TimeSpan age, TimeSpan timeout)
    {
        if (age < timeout)
            return;
        var times = Area(refresh).TakeBack(refresh.RunId);
        logger.TakenBack(refresh, age, timeout, times);
    }

    private StagingArea Area(ResolvedRefresh refresh) =>
        new(refresh.Model.Name, volume, logger);

    private async Task<ModelStaged> FetchAsync(ResolvedRefresh refresh, FetchState state, long started)
    {
        var readyAt = await _readiness.RequireAsync(refresh, _health, state.RequestLimit);
        refresh = refresh with { AsOf = await _moment.AwaitAsync(refresh, readyAt, state.RequestLimit) };
        using var permit = await _limiter.AcquireAsync(refresh.Source, state.RequestLimit);
        var area = Area(refresh);
        using var attempt = area.TryClaim(refresh.RunId, out var earlier);
        if (attempt is null)
            return StagedEarlier(earlier!);
        _health.Require(refresh.Model.Name, refresh.Source);
        WarnOnce(refresh.Source);
        var (rows, begun) = await WriteAsync(refresh, attempt.Paths.Data, state);
        var facts = refresh.Facts(attempt.Number, rows) with { VolumeTime = begun };
        var unchanged = Unchanged(facts, refresh.Model);
        if (unchanged is null)
            attempt.Complete(facts);
        else
            attempt.LeaveRows();
        NoteAnswer(refresh.Source);
        var elapsed = time.GetElapsedTime(started);
        logger.Staged(facts, elapsed);
        FetchMetrics.Staged(facts, elapsed);
        return ModelStaged.Of(facts) with { Unchanged = unchanged };
    }

    // Told of in a message alone, a refresh is fetched again if the message comes to nothing: once, and not again and
    // again while the broker takes none. With an anchor in the registry, the Validator compares all rows with it. What
    // is damaged or foreign in the place of benchmark.json, the Publisher tells of.
    private UnchangedRows? Unchanged(StagedFacts facts, ModelDefinition model) =>
        facts.Attempt > 1 || model.DriftAnchor is not null
            ? null : UnchangedRows.Of(facts, VolumeJson.TryRead<Manifest>(volume.Model(model.Name).Manifest));

    private ModelStaged StagedEarlier(StagedFacts earlier)
    {
        logger.StagedEarlier(earlier);
        return ModelStaged.Of(earlier);
    }

    // Nothing that is staged is flushed: what a crash of the machine loses, the Validator misses, and can be fetched
    // again.
    private async Task<(FetchedRows Rows, DateTimeOffset Begun)> WriteAsync(
        ResolvedRefresh refresh, string path, FetchState state)
    {
        using var deadline = new CancellationTokenSource(refresh.Model.FetchTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(state.RequestLimit, deadline.Token);
        state.Deadline = deadline.Token;
        // Unbuffered, because it is written in blocks. Also readable, for the control totals.
        await using var file = WholeFile.New(path, FileAccess.ReadWrite, bufferSize: 0);
        // By the clock of the volume, before the query is sent.
        var begun = Posix.ModifiedAt(file);
        if ((time.GetUtcNow() - begun).Duration() > s_clockTolerance)
            logger.ClockDiffers(begun - time.GetUtcNow());
        while (true)
        {
            try
            {
                state.Reads++;
                var rows = await query.WriteAsync(refresh, file, either.Token);
                // NFS reports a full disk here at the latest.
                Posix.Close(file);
                return (rows, begun);
            }
            catch (TotalsDifferException e)
            {
                FetchMetrics.TotalsDiffered(refresh);
                if (FetchFailure.Of(e, state) is not FetchFailure.ReadAgain)
                    throw;
                logger.TotalsDiffer(refresh, state.Reads, e);
            }
        }
    }

    private void Remember(FetchFailure failure, Exception exception, FetchState state)
    {
        var credentials = failure is FetchFailure.Refused
            && exception is SourceFailedException { Class: FailureClass.Credentials };
        var reason = (failure as FetchFailure.Retried)?.Exception is SourceUnavailableException unavailable
            ? unavailable.Message : exception.Message;
        var unreachable = failure is FetchFailure.Retried { Exception: SourceUnavailableException };
        if (state.Refresh is { } refresh && (credentials || unreachable)
            && _health.Failed(refresh.Model.Name, refresh.Source, reason, credentials))
            logger.SourceIsDown(refresh.Source.Name, reason);
        // A source that refuses a query, or gives rows that cannot be written, is there.
        if (state.Refresh is { } refused && exception is SourceFailedException { Class: FailureClass.Permanent }
            or UnwritableDataException or TotalsDifferException)
            NoteAnswer(refused.Source);
    }

    private void NoteAnswer(SourceDefinition source)
    {
        if (_health.Worked(source))
            logger.SourceIsBack(source.Name);
    }

    // Once per process; once per model would be noise.
    private void WarnOnce(SourceDefinition source)
    {
        if (query.Warning(source) is { } warning && _warned.TryAdd(source.Name, true))
            logger.SourceWarning(source.Name, warning);
    }

    private static ModelFetchFailed Failed(RefreshModel request, Guid runId, FetchFailure.Refused refused) => new()
    {
        RunId = runId,
        Refresh = new RefreshOutcome
        {
            ValueStream = request.ValueStream,
            Model = request.Model,
            Outcome = Outcome.Failed,
            Stage = Stage.Fetch,
            Reason = Visible.Of(refused.Reason),
            Hint = Visible.Of(refused.Hint),
        },
        SourceLate = refused.SourceLate,
    };
}
