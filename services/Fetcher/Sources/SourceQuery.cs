using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data.Writing;
using Benchmark.Fetcher.Sources.Http;

namespace Benchmark.Fetcher.Sources;

/// <summary>Runs a model's query on its source and writes the rows as CSV.</summary>
internal sealed class SourceQuery(SourceKinds kinds, OpenDatabases databases, FetchProgress progress, TimeProvider time)
{
    /// <summary>
    /// Streams the result into a file that the caller opened to write and to read, and compares it with its source.
    /// </summary>
    /// <exception cref="FetchRefusedException">The registry or the source refuses, and would again.</exception>
    /// <exception cref="UnusableConnectionException">The driver does not accept the connection string.</exception>
    /// <exception cref="SourceFailedException">The source failed, or refused.</exception>
    /// <exception cref="UnwritableDataException">No CSV can hold the rows.</exception>
    /// <exception cref="TotalsDifferException">The file is not what the source has.</exception>
    public async Task<FetchedRows> WriteAsync(ResolvedRefresh refresh, Stream target, CancellationToken ct)
    {
        var kind = kinds.Of(refresh.Source);
        var text = QueryText.For(refresh.Model, kind, refresh.AsOf);
        using var fetch = progress.Begin(refresh.Model, refresh.Source, refresh.RunId);
        var rows = await RunAsync(
            kind, refresh.Source, stop => FetchAsync(kind, refresh, text, target, fetch, stop), ct);
        return rows with { Source = rows.Source with { AsOf = refresh.AsOf } };
    }

    /// <summary>Whether the source has its new data, by the query that the registry has for that.</summary>
    /// <param name="refresh">Whose source is asked, by a model that has such a query.</param>
    /// <param name="timeout">How long an answer is waited for, for the source to know.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="FetchRefusedException">The query is not one SELECT, or says neither yes nor no.</exception>
    /// <exception cref="SourceFailedException">The source failed, or refused.</exception>
    public Task<bool> IsReadyAsync(ResolvedRefresh refresh, TimeSpan timeout, CancellationToken ct)
    {
        var (source, kind) = (refresh.Source, kinds.Of(refresh.Source));
        var text = ReadyAnswer.QueryOf(refresh.Model.Ready!, kind);
        return RunAsync(kind, source, stop => OpenedAsync(kind, source, async connection =>
        {
            await kind.SetUpAsync(connection, refresh.RunId, timeout, stop);
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            return await kind.QueryAsync(
                command, CommandBehavior.Default, reader => ReadyAnswer.ReadAsync(reader, stop), stop);
        }, ReadyAnswer.Hint, stop), ct);
    }

    /// <summary>What whoever runs this should do about a source that works; null when nothing.</summary>
    /// <exception cref="FetchRefusedException">There is no such kind of source.</exception>
    public string? Warning(SourceDefinition source) => kinds.Of(source).Warning(source);

    private async Task<T> RunAsync<T>(
        SourceKind kind, SourceDefinition source, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        Func<CancellationToken, Task<T>> working = until => DriverCall.RunAsync(work, until);
        try
        {
            return await (kind.Watch(time) is { } watch ? watch.RunAsync(working, ct) : working(ct));
        }
        catch (SilentHostException e)
        {
            throw new SourceFailedException(
                source, new SourceFailure(FailureClass.Transient, e.Message, Hint: null), e);
        }
    }

    private Task<FetchedRows> FetchAsync(
        SourceKind kind, ResolvedRefresh refresh, string text, Stream target, ActiveFetch fetch,
        CancellationToken ct) => OpenedAsync(
            kind, refresh.Source, connection => FetchAsync(kind, connection, refresh, text, target, fetch, ct),
            hint: null, ct);

    private async Task<T> OpenedAsync<T>(
        SourceKind kind, SourceDefinition source, Func<DbConnection, Task<T>> work, string? hint, CancellationToken ct)
    {
        var connection = SourceConnection.Create(kind, source);
        try
        {
            await SourceConnection.OpenAsync(kind, source, connection, ct);
            databases.KeepOpen(kind, connection);
            return await work(connection);
        }
        catch (UnwritableDataException e) when (kind.AlwaysReconciles && e.InnerException is not null)
        {
            // One value, of a driver that mixes up rows.
            throw new TotalsDifferException(e);
        }
        catch (Exception e) when (kind.IsFailure(e) && !ct.IsCancellationRequested)
        {
            // The connection is still open, and the source may know what was meant.
            throw SourceConnection.Failed(
                kind, source, e, hint ?? await SourceConnection.HintAsync(kind, connection, e, ct));
        }
        finally
        {
            await SourceConnection.CloseAsync(connection);
        }
    }

    private async Task<FetchedRows> FetchAsync(
        SourceKind kind, DbConnection connection, ResolvedRefresh refresh, string text, Stream target,
        ActiveFetch fetch, CancellationToken ct)
    {
        var model = refresh.Model;
        await kind.SetUpAsync(connection, refresh.RunId, model.FetchTimeout, ct);
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        var fetchedAt = time.GetUtcNow();
        var prepared = await kind.PrepareAsync(command, model, ct);
        var csv = await kind.ReadAsync(
            command, reader => WriteRowsAsync(kind, prepared, reader, target, fetch, ct), ct);
        if (model.Reconcile || kind.AlwaysReconciles)
            await Reconciliation.CheckAsync(kind, connection, prepared, csv, target, ct);
        return new FetchedRows(csv, fetchedAt, Facts(refresh.Source, text, prepared));
    }

    private static Task<CsvFacts> WriteRowsAsync(
        SourceKind kind, PreparedQuery prepared, DbDataReader reader, Stream target, ActiveFetch fetch,
        CancellationToken ct)
    {
        // An earlier reading, or one that a source breaks off to begin again, may have left rows.
        target.SetLength(0);
        target.Position = 0;
        fetch.StartOver();
        var columns = prepared.Columns ?? SourceConnection.Columns(kind, reader);
        return new CsvWriter(columns, fetch.Wrote).WriteAsync(reader, target, ct);
    }

    private static SourceFacts Facts(SourceDefinition source, string text, PreparedQuery prepared) => new()
    {
        Name = source.Name,
        Kind = source.Kind,
        QuerySha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        QueryId = prepared.QueryId,
    };
}

/// <summary>What a fetch gave beside the file.</summary>
internal sealed record FetchedRows(CsvFacts Csv, DateTimeOffset FetchedAt, SourceFacts Source);
