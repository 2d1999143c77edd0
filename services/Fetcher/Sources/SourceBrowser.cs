using System.Data.Common;
using Benchmark.Contracts;
using Benchmark.Contracts.Registry;
using Benchmark.Contracts.Volume;
using Benchmark.Data;

namespace Benchmark.Fetcher.Sources;

/// <summary>Looks at what a source has, for people who write a registry.</summary>
public static class SourceBrowser
{
    // For the connection and its catalogue.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The key of a connection whose secret is written out instead of <c>${NAME}</c>; null when none is.
    /// </summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static string? SecretIn(string connection) =>
        ConnectionSecrets.WrittenOut(new DbConnectionStringBuilder { ConnectionString = connection });

    /// <summary>The tables and views of a source, as the registry names them, in order of name.</summary>
    /// <exception cref="RegistryException">The source cannot be read; it says why.</exception>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public static Task<IReadOnlyList<string>> TablesAsync(SourceDefinition source, CancellationToken ct) =>
        SayingWhyAsync($"source {source.Name}", ct, () => OpenedAsync(
            SourceSecrets.Expand(source), ct, async (kind, connection, stop) =>
            {
                var known = await KnownTables.ReadAsync(connection, kind.Catalogue, kind.NeedsQuotes, stop);
                return (IReadOnlyList<string>)[.. known.Select(table => table.Written).Order(StringComparer.Ordinal)];
            }));

    /// <summary>Reads a model's rows into a file of its own, as a refresh does.</summary>
    /// <param name="registry">The registry, which says where from.</param>
    /// <param name="model">The model.</param>
    /// <param name="path">The file, which is not there yet.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The columns, as the source says that they are.</returns>
    /// <exception cref="RegistryException">The rows cannot be read; it says why.</exception>
    public static Task<IReadOnlyList<ColumnFacts>> FetchAsync(
        ModelRegistry registry, ModelKey model, string path, CancellationToken ct) =>
        SayingWhyAsync($"model {model}", ct, async () =>
        {
            using var databases = new OpenDatabases(TimeProvider.System);
            var query = new SourceQuery(
                SourceKinds.BuiltIn, databases, new FetchProgress(TimeProvider.System), TimeProvider.System);
            var request = new RefreshModel { ValueStream = model.ValueStream, Model = model.Model };
            var refresh = ResolvedRefresh.From(request, Guid.CreateVersion7(), registry);
            await using var file = WholeFile.New(path, FileAccess.ReadWrite, bufferSize: 0);
            return (await query.WriteAsync(refresh, file, ct)).Csv.Columns;
        });

    /// <summary>Which columns of a model a benchmark can hold, and how; no row is read.</summary>
    /// <param name="registry">The registry, which says where from.</param>
    /// <param name="model">The model: a table, or a query that begins with <c>SELECT *</c>.</param>
    /// <param name="ct">Cancels it.</param>
    /// <exception cref="RegistryException">The source cannot be read; it says why.</exception>
    public static Task<HeldColumns> ColumnsAsync(ModelRegistry registry, ModelKey model, CancellationToken ct) =>
        SayingWhyAsync($"model {model}", ct, () =>
        {
            var refresh = ResolvedRefresh.From(
                new RefreshModel { ValueStream = model.ValueStream, Model = model.Model }, Guid.CreateVersion7(),
                registry);
            return OpenedAsync(refresh.Source, ct, async (kind, connection, stop) =>
            {
                await kind.SetUpToDescribeAsync(connection, stop);
                await using var command = connection.CreateCommand();
                var query = QueryText.For(refresh.Model, kind, asOf: null);
                command.CommandText = kind.WithoutRows(query);
                await using var reader = await command.ExecuteReaderAsync(stop);
                return HeldColumns.Of(kind, query, reader);
            });
        });

    private static async Task<T> OpenedAsync<T>(
        SourceDefinition source, CancellationToken ct,
        Func<SourceKind, DbConnection, CancellationToken, Task<T>> look)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
        inTime.CancelAfter(s_timeout);
        try
        {
            var kind = SourceKinds.BuiltIn.Of(source);
            Func<CancellationToken, Task<T>> looking =
                stop => DriverCall.RunAsync(until => OpenedAsync(kind, source, look, until), stop);
            return await (kind.Watch(TimeProvider.System) is { } watch
                ? watch.RunAsync(looking, inTime.Token) : looking(inTime.Token));
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The source {source} has not answered after {s_timeout.TotalSeconds:0} s.", e);
        }
    }

    private static async Task<T> OpenedAsync<T>(
        SourceKind kind, SourceDefinition source, Func<SourceKind, DbConnection, CancellationToken, Task<T>> look,
        CancellationToken ct)
    {
        var connection = SourceConnection.Create(kind, source);
        try
        {
            await SourceConnection.OpenAsync(kind, source, connection, ct);
            return await look(kind, connection, ct);
        }
        catch (Exception e) when (kind.IsFailure(e) && !ct.IsCancellationRequested)
        {
            throw SourceConnection.Failed(kind, source, e, await SourceConnection.HintAsync(kind, connection, e, ct));
        }
        finally
        {
            await SourceConnection.CloseAsync(connection);
            await kind.EndSessionsAsync();
        }
    }

    private static async Task<T> SayingWhyAsync<T>(string where, CancellationToken ct, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (SourceProbe.Problem(where, e, ct) is { } problem)
        {
            throw new RegistryException([problem]);
        }
    }
}
