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
        SayingWhyAsync($"source {source.Name}", ct, async () =>
        {
            using var inTime = CancellationTokenSource.CreateLinkedTokenSource(ct);
            inTime.CancelAfter(s_timeout);
            try
            {
                var kind = SourceKinds.BuiltIn.Of(source);
                var expanded = SourceSecrets.Expand(source);
                Func<CancellationToken, Task<IReadOnlyList<string>>> reading =
                    stop => DriverCall.RunAsync(until => TablesAsync(kind, expanded, until), stop);
                return await (kind.Watch(TimeProvider.System) is { } watch
                    ? watch.RunAsync(reading, inTime.Token) : reading(inTime.Token));
            }
            catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"The source {source} has not answered after {s_timeout.TotalSeconds:0} s.", e);
            }
        });

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

    private static async Task<IReadOnlyList<string>> TablesAsync(
        SourceKind kind, SourceDefinition source, CancellationToken ct)
    {
        var connection = SourceConnection.Create(kind, source);
        try
        {
            await SourceConnection.OpenAsync(kind, source, connection, ct);
            var known = await KnownTables.ReadAsync(connection, kind.Catalogue, kind.NeedsQuotes, ct);
            return [.. known.Select(table => table.Written).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (kind.IsFailure(e) && !ct.IsCancellationRequested)
        {
            throw SourceConnection.Failed(kind, source, e);
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
