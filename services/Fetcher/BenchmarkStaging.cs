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
    private readonly SourceGates _gates = new();

    /// <summary>Stages, or finds what an earlier delivery of the same request staged.</summary>
    /// <exception cref="IOException">The volume cannot be written.</exception>
    /// <exception cref="SourceUnavailableException">The source cannot be reached or broke off.</exception>
    /// <exception cref="OperationCanceledException">The process is stopping.</exception>
    public async Task<StageOutcome> StageAsync(
        RefreshModel request, Guid runId, ModelRegistry registry, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using var activity = FetchTelemetry.Start(request, runId);
        try
        {
            var refresh = Refresh.Of(request, runId, registry);
            using var place = await _gates.EnterAsync(refresh.Source, ct);
            var area = new StagingArea(volume.Model(refresh.Model.Name), logger);
            if (area.FindComplete(runId) is { } earlier)
            {
                logger.StagedEarlier(earlier);
                return Done(earlier);
            }
            area.Sweep(runId, time.GetUtcNow());
            var facts = await FetchAsync(refresh, area, ct);
            var elapsed = time.GetElapsedTime(started);
            logger.Staged(facts, elapsed);
            FetchTelemetry.Staged(facts, elapsed);
            return Done(facts);
        }
        catch (FetchRefusedException e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            var failed = new ModelFetchFailed
            {
                RunId = runId,
                ValueStream = request.ValueStream,
                Model = request.Model,
                Reason = e.Message,
                Hint = e.Hint,
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
            // No buffer of its own: what is written comes in blocks already.
            await using var file = new FileStream(
                staged.Data, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var rows = await query.WriteAsync(refresh.Model, refresh.Source, refresh.RunId, file, either.Token);
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
}
